package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Whether a database has what the code needs. */
final class Validation {
  private Validation() {}

  /** Throws a {@link SchemaException} that names the first thing that is wrong. */
  static void check(Database database, Connection connection, TableName table, SchemaVersion needed)
      throws SQLException {
    database.check(table);
    SchemaVersion found =
        SchemaVersion.read(database, connection, table)
            .orElseThrow(
                () ->
                    new SchemaException(
                        "no version in a table "
                            + table.versions()
                            + ": the database was not migrated, or the tables are in another"
                            + " schema or have another prefix; run JdbcSchema.migrate(), or the"
                            + " statements that JdbcSchema.ddl() prints"));
    found.checkMajor(table, needed);
    if (found.compareTo(needed) < 0) {
      throw new SchemaException(
          table.versions()
              + " says version "
              + found
              + ", and this code needs "
              + needed
              + ": run JdbcSchema.migrate()");
    }
    if (!database.has(connection, table.entry())) {
      throw new SchemaException("the table " + table.entry() + " is missing");
    } else if (needed.compareTo(SchemaVersion.STATS) >= 0
        && !database.has(connection, table.stats())) {
      throw new SchemaException("the table " + table.stats() + " is missing");
    }
    KeyConstraint.fault(database, connection, table)
        .ifPresent(
            fault -> {
              throw new SchemaException(fault);
            });
  }
}

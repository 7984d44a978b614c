package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The constraint that keeps the rows of a key at one, without which a claim would be an error on
 * PostgreSQL and two entries of one key possible after it.
 */
final class KeyConstraint {
  private static final String COLUMNS = "key, namespace";

  private static final String POSTGRESQL =
      """
      SELECT (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
              FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
             c.contype IN ('p', 'u'), c.condeferrable, i.indisvalid
      FROM pg_constraint c LEFT JOIN pg_index i ON i.indexrelid = c.conindid
      WHERE c.conrelid = to_regclass(?) AND c.conname = ?""";

  private static final String SQLITE =
      """
      SELECT group_concat(name, ', ') FROM (
        SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)""";

  private KeyConstraint() {}

  /** What is wrong with it; empty if nothing is. */
  static Optional<String> fault(Database database, Connection connection, TableName table)
      throws SQLException {
    return (database == Database.SQLITE
            ? sqliteFault(connection, table)
            : postgresqlFault(connection, table))
        .map(
            fault ->
                "the constraint "
                    + table.constraint()
                    + " of "
                    + table.entry()
                    + ", PRIMARY KEY ("
                    + COLUMNS
                    + "), "
                    + fault);
  }

  private static Optional<String> postgresqlFault(Connection connection, TableName table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(POSTGRESQL)) {
      statement.setString(1, table.entry());
      statement.setString(2, table.constraint());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.of("is missing");
        }
        if (!row.getBoolean(2)) {
          return Optional.of("is not unique");
        }
        if (!COLUMNS.equals(row.getString(1))) {
          return Optional.of("is on (" + row.getString(1) + ")");
        }
        if (row.getBoolean(3)) {
          return Optional.of("is deferrable, which ON CONFLICT cannot use");
        }
        return row.getBoolean(4) ? Optional.empty() : Optional.of("has an index that is not valid");
      }
    }
  }

  /** SQLite keeps no constraint's name, and its primary keys are always valid. */
  private static Optional<String> sqliteFault(Connection connection, TableName table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQLITE)) {
      statement.setString(1, table.entry());
      try (ResultSet row = statement.executeQuery()) {
        String columns = row.next() ? row.getString(1) : null;
        if (columns == null) {
          return Optional.of("is missing");
        }
        return COLUMNS.equals(columns) ? Optional.empty() : Optional.of("is on (" + columns + ")");
      }
    }
  }
}

package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which schema is there. Within a major, a newer minor only adds, so that old code works on it.
 *
 * @param major changes when old code would not
 * @param minor grows with every addition
 */
record SchemaVersion(int major, int minor) implements Comparable<SchemaVersion> {

  /** The first with a table of statistics. */
  static final SchemaVersion STATS = new SchemaVersion(1, 3);

  /** The one that a migration's file makes, from its name: {@code V1.0__entries.sql}. */
  static SchemaVersion ofFile(String name) {
    String[] numbers = name.substring(1, name.indexOf("__")).split("\\.", -1);
    return new SchemaVersion(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  /** The one that a database has; empty if it was never migrated. */
  static Optional<SchemaVersion> read(Database database, Connection connection, TableName table)
      throws SQLException {
    if (!database.has(connection, table.versions())) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT major, minor FROM " + table.versions())) {
      return row.next()
          ? Optional.of(new SchemaVersion(row.getInt(1), row.getInt(2)))
          : Optional.empty();
    }
  }

  /** Refuses what this code cannot work on, and what it must not touch. */
  void checkMajor(TableName table, SchemaVersion known) {
    if (major > known.major()) {
      throw new SchemaException(
          table.versions()
              + " says version "
              + this
              + ", and this code knows "
              + known.major()
              + ".x only: use a newer Taskcache, or another schema or prefix");
    }
  }

  @Override
  public int compareTo(SchemaVersion other) {
    return Comparator.comparingInt(SchemaVersion::major)
        .thenComparingInt(SchemaVersion::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

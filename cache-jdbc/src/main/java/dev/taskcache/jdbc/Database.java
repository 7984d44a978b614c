package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A kind of database that can hold a store. */
public enum Database {
  /** PostgreSQL 13 or newer, and what is PostgreSQL underneath, such as Aurora. */
  POSTGRESQL("postgresql", true),
  /** CockroachDB, whose waiters poll: it has no LISTEN. */
  COCKROACH("postgresql", false),
  /** YugabyteDB, whose waiters poll. */
  YUGABYTE("postgresql", false),
  /** SQLite 3.35 or newer: a file beside its processes. */
  SQLITE("sqlite", false);

  static final String POSTGRESQL_PRODUCT = "PostgreSQL";
  static final String SQLITE_PRODUCT = "SQLite";

  private static final int OLDEST_POSTGRESQL = 13;
  private static final int OLDEST_SQLITE_MINOR = 35; // the first with RETURNING

  private final String folder;
  private final boolean listen;

  Database(String folder, boolean listen) {
    this.folder = folder;
    this.listen = listen;
  }

  /** Which one a connection leads to; anything else is an {@link IllegalArgumentException}. */
  static Database of(Connection connection) throws SQLException {
    return Server.of(connection).database();
  }

  /**
   * Which one says this of itself.
   *
   * @param version where the product is PostgreSQL: others say so, too, and who they are only here
   */
  static Database of(DatabaseMetaData about, String version) throws SQLException {
    String product = about.getDatabaseProductName();
    if (product.equals(SQLITE_PRODUCT) && isRecent(about, 3, OLDEST_SQLITE_MINOR)) {
      return SQLITE;
    }
    if (product.equals(POSTGRESQL_PRODUCT)) {
      if (version.contains("CockroachDB")) {
        return COCKROACH;
      }
      if (version.contains("-YB-")) {
        return YUGABYTE;
      }
      if (isRecent(about, OLDEST_POSTGRESQL, 0)) {
        return POSTGRESQL;
      }
    }
    throw new IllegalArgumentException(
        "no store for "
            + product
            + " "
            + about.getDatabaseProductVersion()
            + ": use PostgreSQL 13 or newer, CockroachDB, YugabyteDB, or SQLite 3.35 or newer");
  }

  /** Whether a waiter can be told of a result by NOTIFY. */
  boolean listens() {
    return listen;
  }

  /** Refuses a name that cannot be there: SQLite has no schemas. */
  void check(TableName table) {
    if (this == SQLITE && table.schema() != null) {
      throw new IllegalArgumentException(
          "SQLite has no schemas, so none can be named "
              + table.schema()
              + ": give another prefix, or another file");
    }
  }

  /** The folder of this package that has the migrations. */
  String folder() {
    return folder;
  }

  /** Whether a connection sees a table by that name, without an error where it does not. */
  boolean has(Connection connection, String table) throws SQLException {
    String sql =
        this == SQLITE
            ? "SELECT max(name) FROM sqlite_master WHERE type = 'table' AND name = ?"
            : "SELECT to_regclass(?)::text";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getString(1) != null;
      }
    }
  }

  /**
   * That whoever connects may not create tables; empty if he may, or if the schema is still to be
   * made. Asked for at first, as Flyway tries for ten seconds before it says so.
   */
  Optional<String> forbidden(Connection connection, TableName table) throws SQLException {
    if (this == SQLITE) {
      return Optional.empty();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT current_user, nspname FROM pg_namespace"
                + " WHERE nspname = coalesce(?, current_schema())"
                + " AND NOT has_schema_privilege(nspname, 'CREATE')")) {
      statement.setString(1, table.schema());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                "permission denied for schema "
                    + row.getString(2)
                    + ", where "
                    + row.getString(1)
                    + " may not create tables")
            : Optional.empty();
      }
    }
  }

  private static boolean isRecent(DatabaseMetaData about, int major, int minor)
      throws SQLException {
    int found = about.getDatabaseMajorVersion();
    return found > major || (found == major && about.getDatabaseMinorVersion() >= minor);
  }
}

package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * What a connection leads to.
 *
 * @param database which kind of database
 * @param pooled whether something such as PgBouncer is in between, which gives each transaction to
 *     another of the server's processes: none would keep what was prepared or is listened for
 */
record Server(Database database, boolean pooled) {
  private static final String ABOUT = "SELECT version(), pg_backend_pid()";

  /** Finds it out, in one round trip; anything else is an {@link IllegalArgumentException}. */
  static Server of(Connection connection) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    if (!about.getDatabaseProductName().equals(Database.POSTGRESQL_PRODUCT)) {
      return new Server(Database.of(about, ""), false);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ABOUT)) {
      row.next();
      return new Server(Database.of(about, row.getString(1)), isAnother(connection, row.getInt(2)));
    }
  }

  /** Whether a waiter can be told of a result by NOTIFY. */
  boolean listens() {
    return database.listens() && !pooled;
  }

  /** Whether the process that answers is not the one that the connection was made to. */
  private static boolean isAnother(Connection connection, int pid) throws SQLException {
    try {
      return connection.isWrapperFor(PGConnection.class)
          && connection.unwrap(PGConnection.class).getBackendPID() != pid;
    } catch (NoClassDefFoundError e) {
      return false; // Another driver: it cannot be known.
    }
  }
}

package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Whether a connection is inside a transaction of somebody else's. */
final class Transactions {
  private Transactions() {}

  /**
   * Puts a connection into auto-commit mode, and refuses one on which something was begun: its
   * owner would commit or roll back what belongs to the store.
   *
   * @return whether it was in that mode
   */
  static boolean autoCommit(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      return true;
    } else if (!isIdle(connection)) {
      throw new SQLException(
          "the data source gave a connection that is inside a transaction; give the store a data"
              + " source of its own, or publish through JdbcStore.in(connection)",
          "25001");
    }
    connection.setAutoCommit(true);
    return false;
  }

  private static boolean isIdle(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseProductName().equals(Database.SQLITE_PRODUCT)) {
      return hasChangedNothing(connection);
    }
    try {
      return connection.isWrapperFor(BaseConnection.class)
          && connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
    } catch (NoClassDefFoundError e) {
      return false; // Another driver: it cannot be known.
    }
  }

  /** SQLite's driver always begins a transaction; one that wrote nothing can be ended. */
  private static boolean hasChangedNothing(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT total_changes()")) {
      return row.next() && row.getLong(1) == 0;
    }
  }
}

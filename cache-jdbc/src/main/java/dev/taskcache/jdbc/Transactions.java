package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Whether a connection is inside a transaction of somebody else's. */
final class Transactions {
  private Transactions() {}

  /**
   * Refuses a connection that is not in auto-commit mode, unless nothing was begun on it: its owner
   * would commit or roll back what belongs to the store.
   */
  static void refuseIfBegun(Connection connection) throws SQLException {
    if (!isIdle(connection)) {
      throw new SQLException(
          "the data source gave a connection that is inside a transaction; give the store a data"
              + " source of its own, or publish through JdbcStore.in(connection)",
          "25001");
    }
  }

  private static boolean isIdle(Connection connection) throws SQLException {
    try {
      return connection.isWrapperFor(BaseConnection.class)
          && connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
    } catch (NoClassDefFoundError e) {
      return false; // Another driver: it cannot be known.
    }
  }
}

package dev.taskcache.jdbc;

import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Publishes in a transaction of the host's. A failure of ours does not end that transaction. */
final class TransactionPublisher implements ResultPublisher {
  private final Connection connection;
  private final Backend backend;

  TransactionPublisher(Connection connection, Backend backend) {
    this.connection = connection;
    this.backend = backend;
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    try {
      if (connection.getAutoCommit()) {
        throw new IllegalArgumentException(
            "the connection is in auto-commit mode, so there is no transaction to publish in; call"
                + " setAutoCommit(false), or publish without a connection");
      }
      StoreSql sql = backend.sql(connection);
      Savepoint before = connection.setSavepoint();
      try {
        Session session = new PooledSessions.Borrowed(connection);
        WriteOutcome.Published outcome = Publishes.publish(session, sql, lease, result);
        connection.releaseSavepoint(before);
        return outcome;
      } catch (SQLException e) {
        connection.rollback(before);
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException("the store cannot publish a result: " + e.getMessage(), e);
    }
  }
}

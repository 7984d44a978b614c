package dev.taskcache.jdbc;

import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Publishes in a transaction of the host's. A failure of ours does not end that transaction. */
final class TransactionPublisher implements ResultPublisher {
  private final Connection connection;
  private final Backend backend;
  private final Duration deadline;

  TransactionPublisher(Connection connection, Backend backend, Duration deadline) {
    this.connection = connection;
    this.backend = backend;
    this.deadline = deadline;
  }

  static void refuseAutoCommit(Connection connection) {
    try {
      if (connection.getAutoCommit()) {
        throw new IllegalArgumentException(
            "the connection is in auto-commit mode, so there is no transaction to publish in; call"
                + " setAutoCommit(false), or publish without a connection");
      }
    } catch (SQLException e) {
      throw new StoreException("the store cannot use the connection: " + e.getMessage(), e);
    }
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    refuseAutoCommit(connection);
    try {
      StoreSql sql = backend.sql(connection);
      return undoneIfItFails(() -> Publishes.publish(new Hosts(), sql, lease, result));
    } catch (SQLException e) {
      throw new StoreException("the store cannot publish a result: " + e.getMessage(), e);
    }
  }

  /** What is done between two savepoints. */
  private interface Step {
    WriteOutcome.Published run() throws SQLException;
  }

  private WriteOutcome.Published undoneIfItFails(Step step) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      WriteOutcome.Published outcome = step.run();
      connection.releaseSavepoint(before);
      return outcome;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback(before);
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /**
   * The host's connection. The deadline is the statement's: one of the network would end the
   * connection, and with it what the host has done so far.
   */
  private final class Hosts extends Session {
    private final Deadline end = Deadline.in(deadline);

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setQueryTimeout((int) TimeUnit.MILLISECONDS.toSeconds(end.millisLeft() + 999L));
      return statement;
    }

    @Override
    void done(PreparedStatement statement) throws SQLException {
      statement.close();
    }
  }
}

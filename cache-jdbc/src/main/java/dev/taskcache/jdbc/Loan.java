package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A connection of the caller's data source for a while: in auto-commit mode, and given back as it
 * came. Not thread-safe.
 */
final class Loan implements AutoCloseable {
  private final Connection connection;
  private final boolean autoCommit;
  private final int poolsTimeout;
  private boolean limited;
  private int prepareThreshold;

  Loan(DataSource dataSource) throws SQLException {
    connection = dataSource.getConnection();
    try {
      autoCommit = Transactions.autoCommit(connection);
      poolsTimeout = connection.getNetworkTimeout();
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }

  Connection connection() {
    return connection;
  }

  /** How long the network may be silent from now on, unless the pool says less; nothing is sent. */
  void limit(Deadline deadline) throws SQLException {
    int wanted = deadline.millisLeft();
    if (poolsTimeout == 0 || wanted < poolsTimeout) {
      connection.setNetworkTimeout(Runnable::run, wanted);
      limited = true;
    }
  }

  /** Has PostgreSQL's driver prepare each statement for one use. */
  void prepareNothing() throws SQLException {
    PGConnection driver = connection.unwrap(PGConnection.class);
    prepareThreshold = driver.getPrepareThreshold();
    driver.setPrepareThreshold(0);
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      if (connection.isClosed()) {
        return;
      }
      if (limited) {
        connection.setNetworkTimeout(Runnable::run, poolsTimeout);
      }
      if (prepareThreshold != 0) {
        connection.unwrap(PGConnection.class).setPrepareThreshold(prepareThreshold);
      }
      if (!autoCommit) {
        connection.setAutoCommit(false);
      }
    }
  }
}

package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Borrows a connection of the caller's data source for each call. */
final class PooledSessions implements Sessions {
  private final DataSource dataSource;

  PooledSessions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public <T> T read(Duration deadline, Work<T> work) throws SQLException {
    return write(deadline, work);
  }

  @Override
  public <T> T write(Duration deadline, Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      if (!autoCommit) {
        Transactions.refuseIfBegun(connection);
        connection.setAutoCommit(true);
      }
      int timeout = connection.getNetworkTimeout();
      int wanted = (int) Math.min(Integer.MAX_VALUE, Math.max(1, deadline.toMillis()));
      // Of two limits the tighter one; the pool may not put it back when the connection returns.
      boolean tighter = timeout == 0 || wanted < timeout;
      if (tighter) {
        connection.setNetworkTimeout(Runnable::run, wanted);
      }
      try {
        return work.run(new Borrowed(connection));
      } finally {
        if (!connection.isClosed()) {
          giveBack(connection, autoCommit, tighter ? timeout : wanted, tighter);
        }
      }
    }
  }

  private static void giveBack(
      Connection connection, boolean autoCommit, int timeout, boolean changed) throws SQLException {
    if (changed) {
      connection.setNetworkTimeout(Runnable::run, timeout);
    }
    if (!autoCommit) {
      connection.setAutoCommit(false);
    }
  }

  @Override
  public void close() {
    // The data source is the caller's, or closed by whoever opened it.
  }

  /** A connection of somebody else's. The driver keeps statements prepared that come again. */
  static final class Borrowed extends Session {
    private final Connection connection;

    Borrowed(Connection connection) {
      this.connection = connection;
    }

    @Override
    Connection connection() {
      return connection;
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
      return connection.prepareStatement(sql);
    }

    @Override
    void done(PreparedStatement statement) throws SQLException {
      statement.close();
    }
  }
}

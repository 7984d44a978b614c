package dev.taskcache.jdbc;

import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to a file of SQLite: one for all writers of this process, who take turns anyway,
 * and one for readers, whom they do not keep waiting. Both keep their statements prepared.
 */
final class SqliteSessions implements Sessions {
  private final Kept reader;
  private final Kept writer;

  SqliteSessions(DataSource dataSource) {
    reader = new Kept(dataSource);
    writer = new Kept(dataSource);
  }

  @Override
  public <T> T read(Deadline deadline, Work<T> work) throws SQLException {
    return reader.run(deadline, work);
  }

  @Override
  public <T> T write(Deadline deadline, Work<T> work) throws SQLException {
    return writer.run(deadline, work);
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }

  /** One connection, opened when it is first needed and after it failed. */
  private static final class Kept {
    private final DataSource dataSource;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KeptSession session;

    Kept(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    <T> T run(Deadline deadline, Work<T> work) throws SQLException {
      acquire(deadline);
      try {
        KeptSession current = session;
        if (current == null) {
          current = new KeptSession(SqliteFile.open(dataSource));
          session = current;
        }
        return current.run(deadline, work);
      } catch (SQLException e) {
        if (session != null && !Dialect.isConflict(e)) {
          // Whatever it was, the next call has a connection that knows nothing of it.
          session.close();
          session = null;
        }
        throw e;
      } finally {
        lock.unlock();
      }
    }

    /** An interrupt does not cut a call short: whoever was interrupted may be giving up a lease. */
    private void acquire(Deadline deadline) throws SQLException {
      long left = deadline.nanosLeft();
      if (!Uninterruptibles.tryLockUninterruptibly(lock, left, TimeUnit.NANOSECONDS)) {
        throw new SQLTimeoutException(
            "other threads of this process used the database until the deadline");
      }
    }

    void close() {
      lock.lock();
      try {
        if (session != null) {
          session.close();
          session = null;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** A connection with the statements that were prepared on it. */
  private static final class KeptSession extends Session {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private int busyMillis;

    KeptSession(Connection connection) {
      this.connection = connection;
    }

    <T> T run(Deadline deadline, Work<T> work) throws SQLException {
      int millis = deadline.millisLeft();
      // Not each time: it costs as much as a look-up.
      if (millis < busyMillis || millis > busyMillis + busyMillis / 8) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA busy_timeout = " + millis);
        }
        busyMillis = millis;
      }
      return work.run(this);
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement statement = prepared.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
      }
      return statement;
    }

    @Override
    void done(PreparedStatement statement) throws SQLException {
      statement.clearParameters();
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is gone either way.
      }
    }
  }
}

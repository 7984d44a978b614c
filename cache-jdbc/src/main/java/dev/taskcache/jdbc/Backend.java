package dev.taskcache.jdbc;

import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of a store: found out with the first call, as it may be down before. Thread-safe.
 */
final class Backend implements AutoCloseable {
  private final DataSource dataSource;
  private final TableName table;
  private final ReentrantLock findingOut = new ReentrantLock();
  private volatile @Nullable Known known;

  Backend(DataSource dataSource, TableName table) {
    this.dataSource = dataSource;
    this.table = table;
  }

  private record Known(Server server, StoreSql sql, Sessions sessions) {}

  /** What is done with a session and the statements for its database. May be done again. */
  @FunctionalInterface
  interface Work<T> {
    T run(Session session, StoreSql sql) throws SQLException;
  }

  <T> T read(Deadline deadline, Work<T> work) throws SQLException {
    Known to = known(deadline);
    return to.sessions().read(deadline, session -> work.run(session, to.sql()));
  }

  <T> T write(Deadline deadline, Work<T> work) throws SQLException {
    Known to = known(deadline);
    return to.sessions().write(deadline, session -> work.run(session, to.sql()));
  }

  /** The statements for a connection of the host's, which leads to the same database. */
  StoreSql sql(Connection connection) throws SQLException {
    Known here = known;
    return here == null ? new StoreSql(Database.of(connection), table) : here.sql();
  }

  /** Whether a waiter can be told of a result by NOTIFY. */
  boolean listens(Deadline deadline) throws SQLException {
    return known(deadline).server().listens();
  }

  private Known known(Deadline deadline) throws SQLException {
    Known before = known;
    if (before != null) {
      return before;
    }
    // One asks; the others wait no longer than they would for the answer.
    if (!Uninterruptibles.tryLockUninterruptibly(
        findingOut, deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
      throw new SQLTimeoutException("the database did not say in time which one it is");
    }
    try {
      before = known;
      return before == null ? findOut(deadline) : before;
    } finally {
      findingOut.unlock();
    }
  }

  private Known findOut(Deadline deadline) throws SQLException {
    Server server;
    try (Loan loan = new Loan(dataSource)) {
      loan.limit(deadline);
      server = Server.of(loan.connection());
    }
    server.database().check(table);
    Sessions sessions =
        server.database() == Database.SQLITE
            ? new SqliteSessions(dataSource)
            : new PooledSessions(dataSource, server.pooled());
    Known found = new Known(server, new StoreSql(server.database(), table), sessions);
    known = found;
    return found;
  }

  @Override
  public void close() {
    Known here = known;
    if (here != null) {
      here.sessions().close();
    }
  }
}

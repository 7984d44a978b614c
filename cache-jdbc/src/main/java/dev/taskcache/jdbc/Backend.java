package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of a store: found out with the first call, as it may be down before. Thread-safe.
 */
final class Backend implements AutoCloseable {
  private final DataSource dataSource;
  private final TableName table;
  private volatile @Nullable Known known;

  Backend(DataSource dataSource, TableName table) {
    this.dataSource = dataSource;
    this.table = table;
  }

  private record Known(StoreSql sql, Sessions sessions) {}

  /** What is done with a session and the statements for its database. May be done again. */
  @FunctionalInterface
  interface Work<T> {
    T run(Session session, StoreSql sql) throws SQLException;
  }

  <T> T read(Duration deadline, Work<T> work) throws SQLException {
    Known to = known();
    return to.sessions().read(deadline, session -> work.run(session, to.sql()));
  }

  <T> T write(Duration deadline, Work<T> work) throws SQLException {
    Known to = known();
    return to.sessions().write(deadline, session -> work.run(session, to.sql()));
  }

  /** The statements for a connection of the host's, which leads to the same database. */
  StoreSql sql(Connection connection) throws SQLException {
    Known here = known;
    return here == null ? new StoreSql(Database.of(connection), table) : here.sql();
  }

  private Known known() throws SQLException {
    Known before = known;
    return before == null ? findOut() : before;
  }

  private synchronized Known findOut() throws SQLException {
    Known before = known;
    if (before != null) {
      return before;
    }
    Database database;
    try (Connection connection = dataSource.getConnection()) {
      database = Database.of(connection);
      database.check(table);
    }
    Sessions sessions =
        database == Database.SQLITE
            ? new SqliteSessions(dataSource)
            : new PooledSessions(dataSource);
    Known found = new Known(new StoreSql(database, table), sessions);
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

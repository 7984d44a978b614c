package dev.taskcache.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.jdbc.testing.JdbcTestStore;
import dev.taskcache.testing.SharedStore;
import java.sql.SQLException;
import java.util.List;

/** A store in a database of its own, for tests of other packages. */
public final class DatabaseForParity implements AutoCloseable {
  private final TestDatabase database;
  private final JdbcTestStore store;
  private final AutoCloseable opened;

  private DatabaseForParity(TestDatabase database, JdbcTestStore store, AutoCloseable opened) {
    this.database = database;
    this.store = store;
    this.opened = opened;
  }

  /** A file of SQLite. */
  public static DatabaseForParity sqlite() {
    TestDatabase file = TestDatabase.sqlite();
    return new DatabaseForParity(file, JdbcTestStore.at(file.url()), () -> {});
  }

  /** A schema of the newest PostgreSQL that there is; only that server is started. */
  public static DatabaseForParity postgresql() {
    var servers = TestServer.all();
    TestDatabase schema = new TestPostgres(servers.get(servers.size() - 1).get());
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(schema.url());
    return new DatabaseForParity(schema, JdbcTestStore.on(pool), pool);
  }

  /** The store, with its tables. */
  public SharedStore store() {
    return store;
  }

  /** How many rows there are. */
  public int rows() throws SQLException {
    return Integer.parseInt(query("SELECT count(*) FROM taskcache_entry").get(0));
  }

  /** Does some statements. */
  public void execute(String... statements) throws SQLException {
    database.execute(statements);
  }

  /** The first column of what a query finds. */
  public List<String> query(String sql) throws SQLException {
    return database.query(sql);
  }

  /** Leads to it. */
  public String url() {
    return database.url();
  }

  @Override
  public String toString() {
    return database.toString();
  }

  @Override
  public void close() throws Exception {
    store.close();
    opened.close();
    database.close();
  }
}

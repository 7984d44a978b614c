package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What can happen to a store's database, really. */
final class Faults {
  private Faults() {}

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250);
    return new HikariDataSource(config);
  }

  /** A pool whose only connection somebody else has. */
  static final class PoolExhausted extends Fault {
    private final HikariDataSource pool = pool(database.url());
    private Connection taken;

    @Override
    DataSource dataSource() {
      return pool;
    }

    @Override
    void begin() throws SQLException {
      taken = pool.getConnection();
    }

    @Override
    void end() throws SQLException {
      taken.close();
      pool.close();
    }
  }

  /** Nobody listens at the port any more. */
  static final class Refused extends Fault {
    private final PostgresProxy proxy;

    Refused() throws Exception {
      proxy = new PostgresProxy(database);
    }

    @Override
    DataSource dataSource() {
      return proxy.dataSource();
    }

    @Override
    Duration deadline() {
      return Duration.ofMillis(400);
    }

    @Override
    void begin() throws Exception {
      proxy.close();
    }
  }

  /** The server is killed while a claim waits for a lock. */
  static final class ServerGone extends Fault {
    private boolean killed;

    ServerGone() {
      super(TestDatabase.killable().reduce((first, last) -> last).orElseThrow());
    }

    @Override
    Duration deadline() {
      return Duration.ofMillis(1000);
    }

    @Override
    void begin() {}

    @Override
    <T> T around(Callable<T> task) throws Exception {
      assertThat(killed).isFalse();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try (Connection other = database.dataSource().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE taskcache_entry IN EXCLUSIVE MODE");
        Future<T> asked = thread.submit(task);
        Until.holds(
            "the claim waits for the lock",
            () ->
                !database
                    .query(
                        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                            + " AND query LIKE 'INSERT INTO taskcache_entry%'")
                    .isEmpty());
        database.kill();
        killed = true;
        return asked.get(60, TimeUnit.SECONDS);
      } finally {
        thread.shutdownNow();
      }
    }

    @Override
    void end() {
      if (killed) {
        database.restart();
      }
    }
  }

  /** Connections that are there, and of which nothing is heard. */
  static final class Silent extends Fault {
    private final PostgresProxy proxy;
    private final HikariDataSource pool;

    Silent() throws Exception {
      proxy = new PostgresProxy(database);
      pool = pool(proxy.url());
    }

    @Override
    DataSource dataSource() {
      return pool;
    }

    @Override
    Duration deadline() {
      return Duration.ofMillis(400);
    }

    @Override
    void begin() throws SQLException {
      pool.getConnection().close();
      proxy.fallSilent();
    }

    @Override
    void end() throws IOException {
      proxy.close();
      pool.close();
    }
  }

  /** A database that was there for the claim, and is not for the publish. */
  static final class GoneMeanwhile extends Fault {
    private final PostgresProxy proxy;

    GoneMeanwhile() throws Exception {
      proxy = new PostgresProxy(database);
    }

    @Override
    DataSource dataSource() {
      return proxy.dataSource();
    }

    @Override
    Duration deadline() {
      return Duration.ofMillis(1000);
    }

    @Override
    void begin() {}

    @Override
    void ready() {
      proxy.speak();
    }

    @Override
    void duringTask() {
      proxy.hangUp();
    }

    @Override
    void end() throws IOException {
      proxy.close();
    }
  }

  /** A role that may read, and no more. */
  static final class ReadersRole extends Fault {
    private final String role = ((TestPostgres) database).schema() + "_reader";

    @Override
    DataSource dataSource() {
      return TestDatabase.dataSource(((TestPostgres) database).url(role));
    }

    @Override
    void begin() throws SQLException {
      String schema = ((TestPostgres) database).schema();
      database.execute(
          "CREATE ROLE " + role,
          "GRANT USAGE ON SCHEMA " + schema + " TO " + role,
          "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + role);
    }

    @Override
    void end() throws SQLException {
      database.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }
  }

  /** A file of SQLite that may not become larger. */
  static final class DiskFull extends Fault {
    private volatile int mostPages = Integer.MAX_VALUE;

    DiskFull() {
      super(TestDatabase.sqlite());
    }

    @Override
    DataSource dataSource() {
      return CountingDataSource.changing(
          database.dataSource(),
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("PRAGMA max_page_count = " + mostPages);
            }
          });
    }

    @Override
    void begin() throws SQLException {
      mostPages = Integer.parseInt(database.query("PRAGMA page_count").get(0));
      try (Connection connection = dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        while (true) {
          // Smaller than the row of any claim.
          statement.execute(
              "INSERT INTO taskcache_entry (key, namespace, fence) VALUES (randomblob(8), 'x', 1)");
        }
      } catch (SQLException e) {
        if (!e.getMessage().contains("SQLITE_FULL")) {
          throw e;
        }
      }
    }
  }

  /** A host whose clock is wrong. */
  static final class ClockAhead extends Fault {
    @Override
    Clock clock() {
      return Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    }

    @Override
    void begin() {}
  }

  /** Transactions that are stricter than the default. */
  static final class Serializable extends Fault {
    @Override
    DataSource dataSource() {
      return TestDatabase.dataSource(
          database.url() + "&options=-c%20default_transaction_isolation=serializable");
    }

    @Override
    void begin() {}
  }

  /** A pooler in between. */
  static final class BehindPgBouncer extends Fault {
    private final TestPgBouncer bouncer;

    BehindPgBouncer() throws Exception {
      bouncer = new TestPgBouncer(database);
    }

    @Override
    DataSource dataSource() {
      return TestDatabase.dataSource(bouncer.url(database));
    }

    @Override
    String schema() {
      return ((TestPostgres) database).schema();
    }

    @Override
    void begin() {}

    @Override
    void end() throws IOException {
      bouncer.close();
    }
  }
}

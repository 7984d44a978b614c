package dev.taskcache.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** What can be wrong with a store's database, each made so for real. */
enum Situation {
  POOL_EXHAUSTED("the pool has no connection left") {
    @Override
    void arrange(Scene scene) throws Exception {
      HikariDataSource pool = scene.pool(scene.database().url());
      scene.open(JdbcStore.builder(pool));
      scene.closing(pool.getConnection());
    }
  },
  REFUSED("nobody listens at its address") {
    @Override
    void arrange(Scene scene) {
      PGSimpleDataSource nowhere = new PGSimpleDataSource();
      nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none");
      scene.openUnasked(JdbcStore.builder(nowhere));
    }
  },
  SILENT("the server falls silent in mid-statement") {
    @Override
    void arrange(Scene scene) throws Exception {
      PostgresProxy proxy = scene.closing(new PostgresProxy(scene.database()));
      scene.open(JdbcStore.builder(scene.pool(proxy.url())));
      proxy.fallSilent();
    }
  },
  GONE("the server is gone when the task has run") {
    @Override
    void arrange(Scene scene) throws Exception {
      PostgresProxy proxy = scene.closing(new PostgresProxy(scene.database()));
      scene.open(JdbcStore.builder(scene.pool(proxy.url())));
      scene.whileTheTaskRuns(proxy::hangUp);
    }
  },
  TABLE_DROPPED("the table was dropped") {
    @Override
    void arrange(Scene scene) throws Exception {
      scene.open(JdbcStore.builder(scene.database().dataSource()));
      scene.database().execute("DROP TABLE taskcache_entry");
    }
  },
  CONSTRAINT_MISSING("the constraint on the key is missing") {
    @Override
    void arrange(Scene scene) throws Exception {
      scene.open(JdbcStore.builder(scene.database().dataSource()));
      scene.database().execute("ALTER TABLE taskcache_entry DROP CONSTRAINT taskcache_entry_key");
    }
  },
  READER("the role may only SELECT") {
    @Override
    void arrange(Scene scene) throws Exception {
      TestPostgres postgres = (TestPostgres) scene.database();
      String role = "reader_of_" + postgres.schema();
      postgres.execute(
          "CREATE ROLE " + role,
          "GRANT USAGE ON SCHEMA " + postgres.schema() + " TO " + role,
          "GRANT SELECT ON ALL TABLES IN SCHEMA " + postgres.schema() + " TO " + role);
      scene.closing(() -> postgres.execute("DROP OWNED BY " + role, "DROP ROLE " + role));
      scene.open(JdbcStore.builder(TestDatabase.dataSource(postgres.url(role))));
    }
  },
  DISK_FULL("the disk is full (SQLite)") {
    @Override
    void arrange(Scene scene) {
      SQLiteDataSource full =
          new SQLiteDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
              Connection connection = super.getConnection();
              try (Statement statement = connection.createStatement()) {
                // It cannot be less than there is, so the file cannot grow.
                statement.execute("PRAGMA max_page_count = 1");
              }
              return connection;
            }
          };
      full.setUrl(scene.database().url());
      scene.open(JdbcStore.builder(full));
    }
  },
  CLOCK("the client's clock is an hour ahead") {
    @Override
    void arrange(Scene scene) {
      scene.open(JdbcStore.builder(scene.database().dataSource()));
      scene.clockAhead(Duration.ofHours(1));
    }
  },
  SERIALIZABLE("the host's isolation is SERIALIZABLE") {
    @Override
    void arrange(Scene scene) {
      String url =
          scene.database().url() + "&options=-c%20default_transaction_isolation=serializable";
      scene.open(JdbcStore.builder(TestDatabase.dataSource(url)));
    }
  };

  private final String words;

  Situation(String words) {
    this.words = words;
  }

  /** Opens the scene's store, and then makes it so. */
  abstract void arrange(Scene scene) throws Exception;

  /** The situation in a few words. */
  String words() {
    return words;
  }

  /** The database that it happens to. */
  TestDatabase newDatabase() {
    return this == DISK_FULL
        ? TestDatabase.sqlite()
        : TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
  }

  /** What a situation is made of, and taken down in the opposite order. */
  static final class Scene implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(1);

    private final TestDatabase database;
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private JdbcStore store;
    private Runnable duringTask = () -> {};
    private Duration ahead = Duration.ZERO;

    Scene(TestDatabase database) {
      this.database = database;
      closing.push(database);
    }

    TestDatabase database() {
      return database;
    }

    <T extends AutoCloseable> T closing(T resource) {
      closing.push(resource);
      return resource;
    }

    /** A pool of one, which waits for it no longer than a call may take. */
    HikariDataSource pool(String url) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setMaximumPoolSize(1);
      config.setConnectionTimeout(DEADLINE.toMillis());
      return closing(new HikariDataSource(config));
    }

    /** Opens a store that has found out which database it is. */
    void open(JdbcStoreBuilder builder) {
      openUnasked(builder);
      store.find(Samples.newId());
    }

    void openUnasked(JdbcStoreBuilder builder) {
      store = closing(builder.deadline(DEADLINE).build());
    }

    void whileTheTaskRuns(Runnable happens) {
      duringTask = happens;
    }

    void clockAhead(Duration by) {
      ahead = by;
    }

    JdbcStore store() {
      return store;
    }

    Runnable duringTask() {
      return duringTask;
    }

    Duration ahead() {
      return ahead;
    }

    @Override
    public void close() throws Exception {
      while (!closing.isEmpty()) {
        closing.pop().close();
      }
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host whose transactions are stricter than the default: what the database refuses is repeated.
 */
class SerializableTest {
  private static final int CLIENTS = 8;
  private static final int KEYS = 20 * Integer.getInteger("taskcache.tests.scale", 1);

  @ParameterizedTest
  @ValueSource(strings = {"serializable", "repeatable%5C%20read"})
  void noTaskFailsAndNoneRunsTwice(String isolation) throws Exception {
    AtomicIntegerArray runs = new AtomicIntegerArray(KEYS);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (TestDatabase database =
            TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
        HikariDataSource pool = pool(database, isolation)) {
      assertThat(isolation(pool)).isEqualTo(isolation.replace("%5C%20", " "));
      JdbcStore.builder(database.dataSource()).build().schema().migrate();
      CountingDataSource counted = new CountingDataSource(pool);
      CyclicBarrier together = new CyclicBarrier(CLIENTS);
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(new Client(counted, together, runs)));
      }
      for (Future<Void> each : clients) {
        each.get(120, TimeUnit.SECONDS);
      }
      for (int key = 0; key < KEYS; key++) {
        assertThat(runs.get(key)).as("runs of key %d", key).isEqualTo(1);
      }
      assertThat(database.query("SELECT count(*) FROM taskcache_entry"))
          .containsExactly(String.valueOf(KEYS));
      // Otherwise nothing was shown.
      assertThat(counted.failures()).as("states").contains("40001").containsOnly("40001");
    } finally {
      threads.shutdownNow();
    }
  }

  private static HikariDataSource pool(TestDatabase database, String isolation) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(
        TestDatabase.dataSource(
            database.url() + "&options=-c%20default_transaction_isolation=" + isolation));
    config.setMaximumPoolSize(CLIENTS);
    return new HikariDataSource(config);
  }

  private static String isolation(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW transaction_isolation")) {
      row.next();
      return row.getString(1);
    }
  }

  /** With a cache and a store of its own, as a process has. */
  private record Client(CountingDataSource counted, CyclicBarrier together, AtomicIntegerArray runs)
      implements Callable<Void> {
    @Override
    public Void call() throws Exception {
      try (JdbcStore store = JdbcStore.builder(counted.dataSource()).build();
          TaskCache cache = TaskCache.builder(store).build()) {
        for (int i = 0; i < KEYS; i++) {
          together.await(60, TimeUnit.SECONDS);
          int key = i;
          Outcome<Integer> outcome =
              cache.getOrRun(Samples.train(key), Integer.class, () -> runs.incrementAndGet(key));
          assertThat(outcome.value()).isEqualTo(1);
          assertThat(outcome.decision().reason())
              .isIn(Reason.NO_ENTRY, Reason.ENTRY_FOUND, Reason.RUN_BY_ANOTHER);
          assertThat(outcome.write())
              .isInstanceOfAny(WriteOutcome.Stored.class, WriteOutcome.NotAttempted.class);
        }
      }
      return null;
    }
  }
}

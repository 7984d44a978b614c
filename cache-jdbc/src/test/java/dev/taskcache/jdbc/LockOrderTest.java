package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What takes many rows takes them in the order of their keys, wherever they lie: else two of them
 * would wait for each other until the database kills one, a second later.
 */
class LockOrderTest {
  private static final String RUN = "run";
  // As the planner may decide for a whole table.
  private static final String WITHOUT_INDEX =
      "&options=-c%20enable_indexscan=off%20-c%20enable_bitmapscan=off";
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void givingBackARunsLeases(TestDatabase database) throws Exception {
    assertOrder(database, store -> store.abandonAll(TaskRequest.DEFAULT_NAMESPACE, RUN));
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void invalidating(TestDatabase database) throws Exception {
    EntrySelector all = new EntrySelector.Component("count");
    assertOrder(
        database, store -> store.invalidate(TaskRequest.DEFAULT_NAMESPACE, all, "somebody"));
  }

  private static void assertOrder(TestDatabase database, ToLongFunction<JdbcStore> work)
      throws Exception {
    try (JdbcStore store =
            JdbcStore.builder(database.url() + WITHOUT_INDEX)
                .deadline(Duration.ofNanos(PATIENCE))
                .build();
        Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      store.schema().migrate();
      List<EntryId> ids =
          IntStream.range(0, 2)
              .mapToObj(WorkerRequests::id)
              .sorted(Comparator.comparing(id -> id.key().toString()))
              .toList();
      claim(store, ids.get(1));
      claim(store, ids.get(0)); // Behind the other one in the table.
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM taskcache_entry ORDER BY key LIMIT 1 FOR UPDATE");

      CompletableFuture<Long> working =
          CompletableFuture.supplyAsync(() -> work.applyAsLong(store));
      awaitBlocked(database, other);
      statement.execute(
          "SELECT 1 FROM taskcache_entry ORDER BY key DESC LIMIT 1 FOR UPDATE NOWAIT");
      other.rollback();

      assertThat(working.get(PATIENCE, TimeUnit.NANOSECONDS)).isEqualTo(2);
    }
  }

  private static void claim(JdbcStore store, EntryId id) {
    Claim claim = new Claim(id.key().toString(), Duration.ofHours(1), null, "count", RUN);
    assertThat(store.claim(id, claim)).isPresent();
  }

  /** Returns when somebody waits for what the connection has locked. */
  private static void awaitBlocked(TestDatabase database, Connection by) throws Exception {
    long pid;
    try (Statement statement = by.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      pid = row.getLong(1);
    }
    String blocked =
        "SELECT 1 FROM pg_stat_activity WHERE " + pid + " = ANY (pg_blocking_pids(pid))";
    long end = System.nanoTime() + PATIENCE;
    while (database.query(blocked).isEmpty()) {
      assertThat(System.nanoTime() - end).as("nobody waits for the row").isNegative();
    }
  }
}

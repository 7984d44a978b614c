package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.WhenWaitEnds;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How those who wait on PostgreSQL are told, and what that costs. */
class WaitersTest {
  private static final Polling HARDLY =
      new Polling(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofHours(1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TestDatabase database =
      TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
  private final CountingDataSource counted = new CountingDataSource(database.dataSource());
  private final JdbcStore owner = JdbcStore.builder(database.dataSource()).build();

  WaitersTest() {
    owner.schema().migrate();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    owner.close();
    database.close();
  }

  /** A store that hardly ever polls while it listens. */
  private JdbcStore waitingStore() {
    return JdbcStore.builder(counted.dataSource())
        .listenExecutor(threads)
        .polling(HARDLY.shortest(), HARDLY.longest(), HARDLY.whileListening())
        .build();
  }

  private Future<Found<CacheEntry>> await(JdbcStore store, Lease lease) {
    return threads.submit(() -> store.await(lease.id(), lease.fence(), Duration.ofSeconds(55)));
  }

  private static Found<CacheEntry> get(Future<Found<CacheEntry>> waiting) throws Exception {
    return waiting.get(60, TimeUnit.SECONDS);
  }

  private void untilAwaited(int rows) throws Exception {
    Until.holds(
        rows + " rows are awaited",
        () -> database.query("SELECT 1 FROM taskcache_entry WHERE awaited").size() == rows);
  }

  private long count(String statement) {
    return counted.statements().stream().filter(each -> each.startsWith(statement)).count();
  }

  @Test
  void fiftyThreadsThatWaitTenSecondsTakeFiveStatements() throws Exception {
    LeaseToken token;
    try (TaskCache running = TaskCache.builder(owner).build()) {
      token = ((CacheDecision.Miss) running.decide(Samples.named(1))).token().orElseThrow();
    }
    List<Future<Outcome<Outputs>>> waiting = new ArrayList<>();
    List<String> statements;
    try (JdbcStore store = JdbcStore.builder(counted.dataSource()).listenExecutor(threads).build();
        TaskCache cache =
            TaskCache.builder(store)
                .longestWait(Duration.ofSeconds(10))
                .whenWaitEnds(WhenWaitEnds.RETURN_IN_FLIGHT)
                .build()) {
      long begin = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        waiting.add(
            threads.submit(() -> cache.getOrRun(Samples.named(1), () -> Samples.text("ran"))));
      }
      for (Future<Outcome<Outputs>> each : waiting) {
        CacheDecision decision = each.get(60, TimeUnit.SECONDS).decision();
        assertThat(decision).isInstanceOf(CacheDecision.InFlight.class);
        assertThat(((CacheDecision.InFlight) decision).owner()).isEqualTo(token.lease().owner());
      }
      assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.SECONDS.toNanos(10));
      Until.holds("nobody listens any more", () -> counted.open() == 0);
      statements = counted.statements(); // Closing writes the statistics, whoever waited or not.
    }
    // With the one that finds out, when the store is new, which database it is and whether a
    // pooler is in between; then find, LISTEN, mark, UNLISTEN.
    assertThat(statements)
        .hasSizeLessThanOrEqualTo(5)
        .anyMatch(sql -> sql.contains("pg_backend_pid"))
        .anyMatch(sql -> sql.startsWith("LISTEN"))
        .anyMatch(sql -> sql.startsWith("UNLISTEN"));
  }

  @Test
  void whoeverWaitsForTwentyKeysHoldsOneConnection() throws Exception {
    List<Lease> leases = new ArrayList<>();
    List<Future<Found<CacheEntry>>> waiting = new ArrayList<>();
    try (JdbcStore store = waitingStore()) {
      for (int i = 0; i < 20; i++) {
        Lease lease = Samples.lease(owner, Samples.newId());
        leases.add(lease);
        waiting.add(await(store, lease));
      }
      untilAwaited(20);
      Until.holds("the marks are done", () -> counted.open() == 1);

      assertThat(count("LISTEN")).isEqualTo(1);
      for (Lease lease : leases) {
        owner.publish(lease, Samples.result("x"));
      }
      for (Future<Found<CacheEntry>> each : waiting) {
        assertThat(get(each).entry()).isPresent();
      }
      assertThat(count("LISTEN")).isEqualTo(1);
    }
    assertThat(counted.open()).as("connections after close()").isZero();
  }

  @Test
  void aNotificationForAnotherKeyIsNobodysBusiness() throws Exception {
    try (JdbcStore store = waitingStore()) {
      Lease lease = Samples.lease(owner, Samples.newId());
      Lease another = Samples.lease(owner, Samples.newId());
      Future<Found<CacheEntry>> waiting = await(store, lease);
      Future<Found<CacheEntry>> told = await(store, another);
      untilAwaited(2);
      counted.forget();

      owner.publish(another, Samples.result("x"));

      assertThat(get(told).entry()).isPresent();
      assertThat(counted.statements()).as("the look of one waiter").hasSize(1);
      owner.abandon(lease);
      assertThat(get(waiting)).isEqualTo(Found.nothing());
      assertThat(counted.statements()).as("and of the other").hasSize(2);
    }
  }

  @Test
  void aLostConnectionIsReplacedByPollingAndThenByAnother() throws Exception {
    try (JdbcStore store = waitingStore()) {
      Lease first = Samples.lease(owner, Samples.newId());
      Lease second = Samples.lease(owner, Samples.newId());
      Future<Found<CacheEntry>> polling = await(store, first);
      Future<Found<CacheEntry>> listening = await(store, second);
      untilAwaited(2);

      database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
              + " AND pid <> pg_backend_pid()");
      Until.holds("the connection is gone", () -> counted.open() == 0);
      database.execute("UPDATE taskcache_entry SET awaited = false"); // So that nobody notifies.
      owner.publish(first, Samples.result("x"));
      assertThat(get(polling).entry()).isPresent();

      Until.holds("it listens again", () -> count("LISTEN") == 2);
      database.execute("UPDATE taskcache_entry SET awaited = true");
      Until.holds("the last look is over", () -> counted.open() == 1);
      owner.publish(second, Samples.result("x"));
      assertThat(get(listening).entry()).isPresent();
    }
  }

  @Test
  void anExecutorThatTakesNothingMeansPolling() throws Exception {
    ExecutorService rejecting = Executors.newSingleThreadExecutor();
    rejecting.shutdown();
    assertPolls(rejecting::execute);
  }

  @Test
  void anExecutorThatRunsTasksOnTheCallersThreadMeansPolling() throws Exception {
    assertPolls(Runnable::run);
  }

  private void assertPolls(Executor executor) throws Exception {
    try (JdbcStore store =
        JdbcStore.builder(counted.dataSource())
            .listenExecutor(executor)
            .polling(HARDLY.shortest(), HARDLY.longest(), HARDLY.whileListening())
            .build()) {
      EntryId id = Samples.newId();
      Lease lease = Samples.lease(owner, id);
      Future<Found<CacheEntry>> waiting = await(store, lease);
      Until.holds("it looks twice", () -> count("SELECT key") > 1);

      owner.publish(lease, Samples.result("x"));

      assertThat(get(waiting).entry()).isPresent();
      assertThat(count("LISTEN")).isZero();
      assertThat(database.query("SELECT 1 FROM taskcache_entry WHERE awaited")).isEmpty();
    }
  }

  /** LISTEN in a transaction that nobody commits would never be told anything. */
  @Test
  void aPoolWithoutAutoCommitIsListenedOnAllTheSame() throws Exception {
    try (JdbcStore store =
        JdbcStore.builder(CountingDataSource.withoutAutoCommit(counted.dataSource()))
            .listenExecutor(threads)
            .polling(HARDLY.shortest(), HARDLY.longest(), HARDLY.whileListening())
            .build()) {
      Lease lease = Samples.lease(owner, Samples.newId());
      Future<Found<CacheEntry>> waiting = await(store, lease);
      untilAwaited(1);

      owner.publish(lease, Samples.result("x"));

      assertThat(get(waiting).entry()).isPresent();
      assertThat(count("LISTEN")).isEqualTo(1);
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was committed although its reply never came. */
class LostReplyTest {
  private static final String CLAIM = "INSERT INTO taskcache_entry";
  private static final String PUBLISH = "SET entry_fence = fence";

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aPublishedResultIsStoredAndItsTaskRanOnce(TestDatabase database) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    try (PostgresProxy proxy = new PostgresProxy(database);
        JdbcStore store = JdbcStore.builder(proxy.dataSource()).build();
        TaskCache cache = TaskCache.builder(store).build()) {
      store.schema().migrate();
      proxy.loseReplyTo(PUBLISH);

      Outcome<String> outcome =
          cache.getOrRun(Samples.train(1), String.class, () -> "run " + runs.incrementAndGet());

      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
      assertThat(outcome.value()).isEqualTo("run 1");
      assertThat(cache.getOrRun(Samples.train(1), String.class, () -> "again").value())
          .isEqualTo("run 1");
    }
    assertThat(runs).hasValue(1);
    assertThat(database.query("SELECT count(*) FROM taskcache_entry")).containsExactly("1");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aClaimKeepsItsLease(TestDatabase database) throws Exception {
    EntryId id = Samples.newId();
    try (PostgresProxy proxy = new PostgresProxy(database);
        JdbcStore store = JdbcStore.builder(proxy.dataSource()).build()) {
      store.schema().migrate();
      proxy.loseReplyTo(CLAIM);

      Optional<Lease> lease = store.claim(id, Samples.claim("the owner"));

      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(lease.map(Lease::owner)).contains("the owner");
      assertThat(store.find(id).holder().map(Found.Holder::fence))
          .isEqualTo(lease.map(Lease::fence));
      assertThat(store.claim(id, Samples.claim("another"))).isEmpty();
      assertThat(store.publish(lease.orElseThrow(), Samples.result("x")))
          .isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aTaskWhoseClaimLostItsReplyRunsOnce(TestDatabase database) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    try (PostgresProxy proxy = new PostgresProxy(database);
        JdbcStore store = JdbcStore.builder(proxy.dataSource()).build();
        TaskCache cache = TaskCache.builder(store).build()) {
      store.schema().migrate();
      proxy.loseReplyTo(CLAIM);

      Outcome<Integer> outcome =
          cache.getOrRun(Samples.train(1), Integer.class, runs::incrementAndGet);

      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(outcome.decision().reason()).isEqualTo(Reason.NO_ENTRY);
      assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
      assertThat(runs).hasValue(1);
    }
  }

  /** Whoever publishes learns from the reply that somebody waits; the second try knows it not. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void whoeverWaitsIsToldAllTheSame(TestDatabase database) throws Exception {
    EntryId id = Samples.newId();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (PostgresProxy proxy = new PostgresProxy(database);
        JdbcStore owner = JdbcStore.builder(proxy.dataSource()).build();
        JdbcStore other =
            JdbcStore.builder(database.dataSource())
                .listenExecutor(threads)
                .polling(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1))
                .build()) {
      owner.schema().migrate();
      Lease lease = Samples.lease(owner, id);
      Future<Found<CacheEntry>> waiting =
          threads.submit(() -> other.await(id, lease.fence(), Duration.ofSeconds(50)));
      Until.holds("the row is awaited", () -> isAwaited(database));
      proxy.loseReplyTo(PUBLISH);

      owner.publish(lease, Samples.result("x"));

      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(waiting.get(60, TimeUnit.SECONDS).entry()).isPresent();
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isAwaited(TestDatabase database) throws Exception {
    return !database.query("SELECT 1 FROM taskcache_entry WHERE awaited").isEmpty();
  }
}

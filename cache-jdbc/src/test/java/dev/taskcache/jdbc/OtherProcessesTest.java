package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Found;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one process does with a lease that another one claimed, and what a waiter learns of it. */
class OtherProcessesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int TASK = 1;
  private static final String RUN = "engine-7";

  private static JdbcStore open(TestDatabase database) {
    JdbcStore store = JdbcStore.builder(database.url()).build();
    store.schema().migrate();
    return store;
  }

  private static LeaseToken claim(TaskCache cache) {
    CacheDecision decision = cache.decide(WorkerRequests.of(TASK, RUN));
    return ((CacheDecision.Miss) decision).token().orElseThrow();
  }

  /** A process whose leases live for an hour, and which looks by itself as seldom as it is told. */
  private static Worker worker(TestDatabase database, Duration polling) {
    Worker worker =
        new Worker(
            new WorkerSettings(
                database.url(), "worker", HOUR, WorkerSettings.STORE_DEADLINE, polling));
    worker.expect("ready");
    return worker;
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aLeaseIsRenewedAndItsResultPublishedByWhoeverHasTheToken(TestDatabase database)
      throws Exception {
    try (JdbcStore store = open(database);
        Worker worker = worker(database, HOUR)) {
      TaskCache cache = TaskCache.builder(store).leaseRenewedByCaller(MINUTE).build();
      LeaseToken token = claim(cache);
      Instant before = until(store);

      worker.tell("renew 0 " + token.encode());
      assertThat(worker.expect("renewed").word(2)).isEqualTo("true");
      assertThat(until(store)).isAfter(before.plus(HOUR.dividedBy(2)));

      worker.tell("publish 1 " + token.encode());
      assertThat(worker.expect("published").word(2)).isEqualTo("Stored");
      CacheEntry entry = store.find(WorkerRequests.id(TASK)).entry().orElseThrow();
      assertThat(WorkerRequests.value(entry.outputs())).isEqualTo("worker/1");
      assertThat(entry.header().producer().run()).isEqualTo(RUN);
      assertThat(entry.fence()).isEqualTo(token.lease().fence());

      worker.tell("renew 2 " + token.encode());
      assertThat(worker.expect("lost").number(1)).isEqualTo(TASK);
      assertThat(worker.expect("renewed").word(2)).as("after the end").isEqualTo("false");
      worker.tell("publish 3 " + token.encode());
      assertThat(worker.expect("published").word(2)).as("again").isEqualTo("Stored");
      assertThat(store.find(WorkerRequests.id(TASK)).entry()).contains(entry);
    }
  }

  private static Instant until(JdbcStore store) {
    return store.find(WorkerRequests.id(TASK)).holder().orElseThrow().until();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aTokenWhoseLeaseWasLostStoresNothing(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker worker = worker(database, HOUR)) {
      TaskCache cache = TaskCache.builder(store).leaseRenewedByCaller(MINUTE).build();
      LeaseToken lost = claim(cache);
      assertThat(cache.abandon(lost)).isTrue();
      LeaseToken token = claim(cache);

      worker.tell("renew 0 " + lost.encode());
      assertThat(worker.expect("lost").number(1)).isEqualTo(TASK);
      assertThat(worker.expect("renewed").word(2)).isEqualTo("false");
      worker.tell("publish 1 " + lost.encode());
      assertThat(worker.expect("published").word(2)).isEqualTo("Superseded");
      assertThat(cache.publish(token, WorkerRequests.outputs("ours")))
          .isInstanceOf(WriteOutcome.Stored.class);
      worker.tell("publish 2 " + lost.encode());
      assertThat(worker.expect("published").word(2)).isEqualTo("AlreadyStored");

      worker.tell("renew 3 " + token.encode().substring(1));
      assertThat(worker.expect("threw").word(2)).contains("IllegalArgumentException");
    }
  }

  /** It looks by itself once an hour, so it is the notification that it acts on. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aWaiterIsNotifiedOfAResult(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker worker = worker(database, HOUR)) {
      TaskCache cache = TaskCache.builder(store).leaseRenewedByCaller(HOUR).build();
      LeaseToken token = claim(cache);
      worker.ask(0, TASK);
      awaitWaiter(database);

      cache.publish(token, WorkerRequests.outputs("ours"));

      Ledger.End end = Ledger.End.of(worker.expect("end"));
      assertThat(end.value()).isEqualTo("ours");
      assertThat(end.reason()).isEqualTo("RUN_BY_ANOTHER");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aWaiterIsNotifiedThatARunsLeasesWereGivenBack(TestDatabase database) throws Exception {
    assertWokenByAbandonAll(database, HOUR);
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aWaiterTakesOverWhenARunsLeasesWereGivenBack(TestDatabase database) throws Exception {
    assertWokenByAbandonAll(database, Duration.ofMillis(50));
  }

  private static void assertWokenByAbandonAll(TestDatabase database, Duration polling)
      throws Exception {
    try (JdbcStore store = open(database);
        Worker worker = worker(database, polling)) {
      TaskCache cache = TaskCache.builder(store).leaseRenewedByCaller(HOUR).build();
      LeaseToken token = claim(cache);
      worker.ask(0, TASK);
      if (database.database().listens()) {
        awaitWaiter(database);
      }

      assertThat(store.abandonAll(TaskRequest.DEFAULT_NAMESPACE, "another run")).isZero();
      assertThat(store.find(WorkerRequests.id(TASK)).holder()).isPresent();
      assertThat(store.abandonAll(TaskRequest.DEFAULT_NAMESPACE, RUN)).isEqualTo(1);

      worker.expect("begin");
      Found.Holder holder = store.find(WorkerRequests.id(TASK)).holder().orElseThrow();
      assertThat(holder.fence()).isGreaterThan(token.lease().fence());
      worker.go(0);
      assertThat(Ledger.End.of(worker.expect("end")).write()).isEqualTo("Stored");
    }
  }

  /** Returns when somebody listens for what becomes of the lease. */
  private static void awaitWaiter(TestDatabase database) throws Exception {
    Until.holds(
        "somebody waits",
        () -> database.query("SELECT awaited FROM taskcache_entry").contains("t"));
  }
}

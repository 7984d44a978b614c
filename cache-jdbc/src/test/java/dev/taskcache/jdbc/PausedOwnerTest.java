package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.TaskCache;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Found;
import dev.taskcache.store.WriteOutcome;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An owner whose process stands still for longer than its lease, and then goes on. */
class PausedOwnerTest {
  private static final Duration LEASE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int TASK = 1;

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void receivesTheResultThatWasStoredMeanwhile(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker owner = pausedOwner(database)) {
      TaskCache other = cache(store);
      CacheEntry newer = stored(other.publish(takeOver(other), WorkerRequests.outputs("newer")));

      owner.resume();
      assertThat(owner.expect("lost").number(1)).isEqualTo(TASK);
      owner.go(0);

      Ledger.End end = Ledger.End.of(owner.expect("end"));
      assertThat(end.write()).isEqualTo("AlreadyStored");
      assertThat(end.value()).as("what the paused owner's caller received").isEqualTo("newer");
      assertThat(store.find(WorkerRequests.id(TASK)).entry()).contains(newer);
      assertThat(new TriggerLog(database).violations()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void storesNothingWhileAnotherRunsTheTask(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker owner = pausedOwner(database)) {
      TaskCache other = cache(store);
      LeaseToken token = takeOver(other);

      owner.resume();
      assertThat(owner.expect("lost").number(1)).isEqualTo(TASK);
      owner.go(0);

      Ledger.End end = Ledger.End.of(owner.expect("end"));
      assertThat(end.write()).isEqualTo("Superseded");
      assertThat(end.value()).as("its own result reaches its caller").isEqualTo("owner/0");
      Found<CacheEntry> found = store.find(WorkerRequests.id(TASK));
      assertThat(found.entry()).isEmpty();
      assertThat(found.holder().orElseThrow().fence()).isEqualTo(token.lease().fence());

      CacheEntry newer = stored(other.publish(token, WorkerRequests.outputs("newer")));
      assertThat(store.find(WorkerRequests.id(TASK)).entry()).contains(newer);
      assertThat(new TriggerLog(database).violations()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void storesItsResultIfNobodyTookOver(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker owner = pausedOwner(database)) {
      long fence = Long.parseLong(database.query("SELECT fence FROM taskcache_entry").get(0));
      assertThat(store.await(WorkerRequests.id(TASK), fence, PATIENCE)).isEqualTo(Found.nothing());

      owner.resume();
      owner.go(0);

      Ledger.End end = Ledger.End.of(owner.expect("end"));
      assertThat(end.write()).isEqualTo("Stored");
      assertThat(end.fence()).isEqualTo(fence);
      assertThat(
              store
                  .find(WorkerRequests.id(TASK))
                  .entry()
                  .map(entry -> WorkerRequests.value(entry.outputs())))
          .contains("owner/0");
    }
  }

  private static JdbcStore open(TestDatabase database) throws SQLException {
    JdbcStore store = JdbcStore.builder(database.url()).build();
    store.schema().migrate();
    TriggerLog.on(database);
    return store;
  }

  private static TaskCache cache(JdbcStore store) {
    return TaskCache.builder(store).leaseRenewedByCaller(PATIENCE).build();
  }

  /**
   * A process that runs the task and stands still; not in the middle of a renewal, which in a file
   * of SQLite would keep everybody from writing.
   */
  private static Worker pausedOwner(TestDatabase database) throws Exception {
    Worker owner = new Worker(new WorkerSettings(database, "owner", LEASE));
    owner.expect("ready");
    owner.ask(0, TASK);
    owner.expect("begin");
    TriggerLog log = new TriggerLog(database);
    Until.holds("the lease was renewed", () -> log.count("until > old_until") > 0);
    owner.pause();
    return owner;
  }

  /** The lease, as soon as the paused owner's is over. */
  private static LeaseToken takeOver(TaskCache cache) throws InterruptedException {
    CacheDecision decision = cache.await(WorkerRequests.of(TASK, "other"), PATIENCE);
    assertThat(decision).isInstanceOf(CacheDecision.Miss.class);
    return ((CacheDecision.Miss) decision).token().orElseThrow();
  }

  private static CacheEntry stored(WriteOutcome outcome) {
    assertThat(outcome).isInstanceOf(WriteOutcome.Stored.class);
    return ((WriteOutcome.Stored) outcome).entry();
  }
}

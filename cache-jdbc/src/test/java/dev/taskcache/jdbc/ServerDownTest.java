package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.Found;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server dies while somebody waits for a lease that lives for an hour, and stays down. */
class ServerDownTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final int PATIENCE_SECONDS = 60;
  private static final int TASK = 1;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private JdbcStore open(TestDatabase database) {
    JdbcStore store =
        JdbcStore.builder(database.url()).deadline(DEADLINE).listenExecutor(threads).build();
    store.schema().migrate();
    return store;
  }

  private static LeaseToken claim(JdbcStore store) {
    TaskCache cache = TaskCache.builder(store).leaseRenewedByCaller(HOUR).build();
    CacheDecision decision = cache.decide(WorkerRequests.of(TASK, "owner"));
    return ((CacheDecision.Miss) decision).token().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#killable")
  void aWaitEndsAndItsTaskRunsWithoutTheStore(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database)) {
      LeaseToken token = claim(store);
      TaskCache cache = TaskCache.builder(store).longestWait(WAIT).build();
      Future<CacheDecision> waiting =
          threads.submit(() -> cache.await(WorkerRequests.of(TASK, "waiter"), WAIT));
      Future<Outcome<Outputs>> running =
          threads.submit(
              () ->
                  cache.getOrRun(
                      WorkerRequests.of(TASK, "runner"), () -> WorkerRequests.outputs("ours")));
      Until.holds(
          "somebody waits",
          () -> database.query("SELECT awaited FROM taskcache_entry").contains("t"));
      database.kill();

      CacheDecision decision = waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(decision.reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
      Outcome<Outputs> outcome = running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(outcome.decision().reason()).isEqualTo(Reason.WAIT_TIMED_OUT);
      assertThat(outcome.write()).isInstanceOf(WriteOutcome.StoreFailed.class);
      assertThat(WorkerRequests.value(outcome.value())).isEqualTo("ours");

      database.restart();
      assertOwnerStillHolds(database, token);
    }
  }

  /** A pool of HikariCP's used to be of no use for ever then. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aServerThatDiesUnderTheFirstConnectionOfAPoolIsFoundAgain(TestDatabase database)
      throws Exception {
    try (PostgresProxy proxy = new PostgresProxy(database);
        JdbcStore store = JdbcStore.builder(proxy.url()).build()) {
      JdbcStore.builder(database.dataSource()).build().schema().migrate();
      proxy.loseReplyTo("SHOW TRANSACTION ISOLATION LEVEL");

      assertThat(store.find(WorkerRequests.id(TASK))).isEqualTo(Found.nothing());
      assertThat(proxy.lost()).as("connections cut while the pool set them up").isEqualTo(1);
    }
  }

  private static void assertOwnerStillHolds(TestDatabase database, LeaseToken token) {
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      TaskCache cache = TaskCache.builder(store).leaseRenewedByCaller(HOUR).build();
      assertThat(cache.peek(WorkerRequests.of(TASK, "other")).reason())
          .isEqualTo(Reason.RUNNING_ELSEWHERE);
      assertThat(cache.publish(token, WorkerRequests.outputs("theirs")))
          .isInstanceOf(WriteOutcome.Stored.class);
    }
  }
}

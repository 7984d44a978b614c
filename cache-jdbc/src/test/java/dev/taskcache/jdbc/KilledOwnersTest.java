package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that hold leases are killed, and the server, too: what is left is as it has to be. */
class KilledOwnersTest {
  private static final int SCALE = Integer.getInteger("taskcache.tests.scale", 1);
  private static final int TASKS = 600 * SCALE;
  private static final int PROCESSES = 4;
  private static final int THREADS = 16;
  private static final Duration SHORT = Duration.ofSeconds(2);
  // Longer than a server needs to start again, so that no owner loses a lease for it.
  private static final Duration LONG = Duration.ofMinutes(5);

  private final long seed = ThreadLocalRandom.current().nextLong();

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aKilledOwnerDelaysOthersByOneLease(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database)) {
      run(
          database,
          store,
          new Campaign.Plan(TASKS, PROCESSES, THREADS, 6 * SCALE, 0, SHORT),
          n -> {});
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#killable")
  void aServerThatIsKilledForgetsNothing(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database)) {
      Consumer<String> giveBack =
          name -> {
            awaitLastStatement(database, name);
            store.abandonAll(TaskRequest.DEFAULT_NAMESPACE, name);
          };
      Campaign.Plan plan = new Campaign.Plan(TASKS, PROCESSES, THREADS, 2 * SCALE, 2 * SCALE, LONG);
      run(database, store, plan, giveBack);
    }
  }

  /** A claim that a process had sent before it was killed may come to its end later. */
  private static void awaitLastStatement(TestDatabase database, String process) {
    String connections =
        "SELECT 1 FROM pg_stat_activity WHERE application_name = '" + process + "'";
    try {
      Until.holds(process + " has no connection", () -> database.query(connections).isEmpty());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JdbcStore open(TestDatabase database) {
    JdbcStore store =
        JdbcStore.builder(database.url()).deadline(WorkerSettings.STORE_DEADLINE).build();
    store.schema().migrate();
    return store;
  }

  private void run(
      TestDatabase database, JdbcStore store, Campaign.Plan plan, Consumer<String> afterKill)
      throws Exception {
    TriggerLog log = TriggerLog.on(database);
    Ledger ledger;
    try (Campaign campaign = new Campaign(database, plan, seed, afterKill)) {
      ledger = campaign.run();
    }
    String about = ledger + ", seed " + seed;
    assertThat(ledger.complaints).as(about).isEmpty();
    assertThat(log.violations()).as(about).isEmpty();
    assertThat(ledger.begun).as(about).hasSize(plan.tasks());
    ledger.begun.forEach(
        (number, runs) ->
            assertThat(runs)
                .as("runs of task %d; %s", number, about)
                .isLessThanOrEqualTo(ledger.mostRuns(number)));
    assertThat(ledger.ends.stream().map(Ledger.End::reason))
        .as(about)
        .containsOnly("NO_ENTRY", "ENTRY_FOUND", "RUN_BY_ANOTHER", "RUNNING_ELSEWHERE");
    assertThat(ledger.killed).as(about).isNotEmpty();
    assertOneRowEach(database, plan.tasks());
    assertNothingWasLost(store, ledger, about);
  }

  private static void assertOneRowEach(TestDatabase database, int tasks) throws Exception {
    assertThat(database.query("SELECT count(*) FROM taskcache_entry WHERE entry_fence IS NOT NULL"))
        .containsExactly(String.valueOf(tasks));
    assertThat(
            database.query(
                "SELECT key FROM taskcache_entry GROUP BY key, namespace HAVING count(*) > 1"))
        .isEmpty();
  }

  /** What was once said to be stored is there, and everybody received what is there. */
  private static void assertNothingWasLost(JdbcStore store, Ledger ledger, String about) {
    for (int number : ledger.begun.keySet()) {
      CacheEntry entry = store.find(WorkerRequests.id(number)).entry().orElseThrow();
      List<Ledger.End> stored = ledger.stored().getOrDefault(number, List.of());
      assertThat(stored.stream().map(Ledger.End::fence))
          .as("task %d; %s", number, about)
          .allMatch(fence -> fence == entry.fence())
          .hasSizeLessThanOrEqualTo(1);
      assertThat(ledger.ends)
          .filteredOn(end -> end.number() == number && !end.write().equals("Superseded"))
          .filteredOn(end -> !end.reason().equals("RUNNING_ELSEWHERE"))
          .as("what was received for task %d; %s", number, about)
          .extracting(Ledger.End::value)
          .containsOnly(WorkerRequests.value(entry.outputs()));
    }
  }
}

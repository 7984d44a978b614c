package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes that hold leases are killed, and the server, too: what is left is as it has to be. */
class KilledOwnersTest {
  private static final int SCALE = Integer.getInteger("taskcache.tests.scale", 1);
  private static final int TASKS = 1_000 * SCALE;
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
      run(database, store, plan(5, 0, SHORT), process -> {});
      assertRenewals(database);
    }
  }

  /** Leases outlive the server's absence, so that only owners that were killed lose theirs. */
  @Test
  void aServerThatIsKilledForgetsNothing() throws Exception {
    try (TestDatabase database = TestDatabase.killable().findFirst().orElseThrow();
        JdbcStore store = open(database)) {
      run(database, store, plan(2, 2, LONG), giveBack(database, store));
    }
  }

  /** Leases end while the server is away: whoever loses one receives what another stored. */
  @Test
  void leasesThatAServerKeptFromBeingRenewedPassOn() throws Exception {
    try (TestDatabase database =
            TestDatabase.killable().reduce((first, last) -> last).orElseThrow();
        JdbcStore store = open(database)) {
      run(database, store, plan(2, 2, SHORT), giveBack(database, store));
      assertRenewals(database);
    }
  }

  private static Campaign.Plan plan(int kills, int serverKills, Duration lease) {
    return new Campaign.Plan(TASKS, PROCESSES, THREADS, kills * SCALE, serverKills * SCALE, lease);
  }

  private static void assertRenewals(TestDatabase database) throws Exception {
    assertThat(new TriggerLog(database).count("until > old_until AND owner = old_owner"))
        .as("renewals")
        .isPositive();
  }

  /** As whoever watches over the processes would. */
  private static Consumer<String> giveBack(TestDatabase database, JdbcStore store) {
    return process -> {
      awaitLastStatement(database, process);
      store.abandonAll(TaskRequest.DEFAULT_NAMESPACE, process);
    };
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

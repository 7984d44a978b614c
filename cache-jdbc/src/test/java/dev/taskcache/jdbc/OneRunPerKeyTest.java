package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.explain.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads of several processes ask for the same tasks: each runs once, in one of them. */
class OneRunPerKeyTest {
  private static final int TASKS = 1_000 * Integer.getInteger("taskcache.tests.scale", 1);
  private static final int PROCESSES = 4;
  private static final int THREADS = 16;

  private final List<ChildJvm> processes = new ArrayList<>();
  private final Map<Integer, List<String>> values = new TreeMap<>();
  private final Map<Reason, Long> reasons = new HashMap<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(ChildJvm::close);
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void everyTaskRunsOnceAndEverybodyReceivesItsResult(TestDatabase database, @TempDir Path counters)
      throws Exception {
    run(database, counters, ChildJvm::new, ChildJvm::new);
  }

  /** As in a rolling upgrade: this build's schema, and processes of both. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void alsoWhereHalfOfTheProcessesAreAnEarlierBuilds(TestDatabase database, @TempDir Path counters)
      throws Exception {
    String earlier = System.getenv("TASKCACHE_EARLIER_BUILD");
    assumeTrue(earlier != null, "TASKCACHE_EARLIER_BUILD names no compiled checkout");
    run(
        database,
        counters,
        ChildJvm::new,
        (main, arguments) -> ChildJvm.of(Path.of(earlier), main, arguments));
  }

  /** Starts a process. */
  @FunctionalInterface
  private interface Start {
    ChildJvm process(Class<?> main, String... arguments) throws IOException;
  }

  private void run(TestDatabase database, Path counters, Start... builds) throws Exception {
    long seed = ThreadLocalRandom.current().nextLong();
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      store.schema().migrate();
      for (int i = 0; i < PROCESSES; i++) {
        start(builds[i % builds.length], database, i, seed, counters);
      }
      for (ChildJvm each : processes) {
        assertThat(each.line()).isEqualTo("ready");
      }
      for (ChildJvm each : processes) {
        each.tell("start");
      }
      for (ChildJvm each : processes) {
        each.rest().forEach(this::hear);
      }

      assertThat(counts(counters)).as("runs of each task, seed %d", seed).hasSize(TASKS);
      assertThat(counts(counters).entrySet())
          .as("tasks that ran again, seed %d", seed)
          .filteredOn(each -> each.getValue() != 1)
          .isEmpty();
      assertThat(database.query("SELECT count(*) FROM taskcache_entry"))
          .containsExactly(String.valueOf(TASKS));
      assertThat(
              database.query(
                  "SELECT key FROM taskcache_entry GROUP BY key, namespace HAVING count(*) > 1"))
          .isEmpty();
      assertThat(values).hasSize(TASKS);
      values.forEach(
          (number, seen) ->
              assertThat(seen)
                  .as("what the processes received for %d, seed %d", number, seed)
                  .hasSize(PROCESSES)
                  .containsOnly(stored(store, number)));
      assertThat(reasons)
          .as("seed %d", seed)
          .containsEntry(Reason.NO_ENTRY, (long) TASKS)
          .containsKey(Reason.RUN_BY_ANOTHER)
          .containsOnlyKeys(Reason.NO_ENTRY, Reason.ENTRY_FOUND, Reason.RUN_BY_ANOTHER);
      assertThat(reasons.values().stream().mapToLong(each -> each).sum())
          .isEqualTo((long) TASKS * PROCESSES * THREADS / 2);
    }
  }

  private void start(Start build, TestDatabase database, int number, long seed, Path counters)
      throws IOException {
    processes.add(
        build.process(
            CountingMain.class,
            database.url(),
            "process-" + number,
            String.valueOf(THREADS),
            String.valueOf(TASKS),
            String.valueOf(seed + number),
            counters.toString()));
  }

  private void hear(String line) {
    String[] words = line.split(" ");
    if (words[0].equals("value")) {
      values
          .computeIfAbsent(Integer.valueOf(words[1]), each -> new ArrayList<>())
          .addAll(List.of(words).subList(2, words.length));
    } else if (words[0].equals("reason") && Long.parseLong(words[2]) > 0) {
      reasons.merge(Reason.valueOf(words[1]), Long.valueOf(words[2]), Long::sum);
    }
  }

  /** How often each task ran: the bytes in its file. */
  private static Map<String, Long> counts(Path counters) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (var files = Files.newDirectoryStream(counters)) {
      for (Path each : files) {
        counts.put(each.getFileName().toString(), Files.size(each));
      }
    }
    return counts;
  }

  private static String stored(JdbcStore store, int number) {
    return WorkerRequests.value(
        store.find(WorkerRequests.id(number)).entry().orElseThrow().outputs());
  }
}

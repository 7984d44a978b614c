package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.StoreException;
import dev.taskcache.testing.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a host sees when its database fails, in {@code docs/jdbc.md}, which {@link #main} writes: it
 * needs PgBouncer.
 */
class FailurePageTest {
  private static final String TABLE = "FailurePageTest";
  private static final List<String> COLUMNS =
      List.of(
          "what happens",
          "a task that is stored",
          "one that is not",
          "its result",
          "listeners are told",
          "with `strict()`",
          "a call ends");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int STORED = 1;
  private static final int NEW = 2;
  private static final int STRICT = 3;

  public static void main(String[] args) throws Exception {
    List<String> rows = new ArrayList<>();
    for (Situation each : Situation.values()) {
      rows.add(row(each));
    }
    JdbcPage.write(TABLE, JdbcPage.head(COLUMNS), rows);
  }

  @Test
  void thePageHasARowForEach() {
    assertThat(JdbcPage.head(TABLE)).isEqualTo(JdbcPage.head(COLUMNS));
    assertThat(JdbcPage.rows(TABLE).stream().map(row -> row.split(" \\| ")[0].substring(2)))
        .containsExactlyElementsOf(
            Arrays.stream(Situation.values()).map(each -> each.what).toList());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PGBOUNCER")
  void thePageSaysWhatHappens(Situation situation) throws Exception {
    assertThat(JdbcPage.rows(TABLE)).contains(row(situation));
  }

  @Test
  void thePageSaysWhatHappensBehindPgBouncer() throws Exception {
    assumeTrue(TestPgBouncer.isInstalled(), TestPgBouncer.MISSING);
    assertThat(JdbcPage.rows(TABLE)).contains(row(Situation.PGBOUNCER));
  }

  private static String row(Situation situation) throws Exception {
    try (Fault fault = situation.open()) {
      try (JdbcStore before = JdbcStore.builder(fault.database.dataSource()).build();
          TaskCache cache =
              TaskCache.builder(before).entriesExpireAfter(Duration.ofMinutes(30)).build()) {
        before.schema().migrate();
        run(cache, STORED, () -> {});
      }
      fault.begin();
      return JdbcPage.row(observed(situation, fault));
    }
  }

  private static List<String> observed(Situation situation, Fault fault) throws Exception {
    long begin = System.nanoTime();
    RecordingListener listener = new RecordingListener();
    Outcome<Outputs> fresh;
    Outcome<Outputs> stored;
    // Two stores, as the breaker of one would leave a database alone that is down.
    try (JdbcStore store = store(fault);
        TaskCache cache = cache(store, fault).listener(listener).build()) {
      fault.ready();
      fresh = fault.around(() -> run(cache, NEW, fault::duringTask));
    }
    try (JdbcStore store = store(fault);
        TaskCache cache = cache(store, fault).build()) {
      fault.ready();
      stored = run(cache, STORED, fault::duringTask);
    }
    assertThat(fresh.value()).as("the task's own").isEqualTo(Samples.text("2"));
    assertThat(stored.value()).isEqualTo(Samples.text("1"));
    String strict = strict(fault);
    // Each call ended: more is not said of how long it took.
    assertThat(System.nanoTime() - begin).isLessThan(PATIENCE.toNanos());
    return List.of(
        situation.what,
        decision(stored),
        decision(fresh),
        code(fresh.write().getClass().getSimpleName()),
        told(listener),
        strict,
        situation.ends);
  }

  private static JdbcStore store(Fault fault) {
    JdbcStoreBuilder builder = JdbcStore.builder(fault.dataSource()).deadline(fault.deadline());
    return (fault.schema() == null ? builder : builder.schema(fault.schema())).build();
  }

  private static TaskCacheBuilder cache(JdbcStore store, Fault fault) {
    return TaskCache.builder(store).clock(fault.clock());
  }

  private static Outcome<Outputs> run(TaskCache cache, int number, Runnable during)
      throws InterruptedException {
    return cache.getOrRun(
        Samples.named(number),
        () -> {
          during.run();
          return Samples.text(String.valueOf(number));
        });
  }

  private static String decision(Outcome<Outputs> outcome) {
    CacheDecision decision = outcome.decision();
    return decision.reason().kind().name().toLowerCase(Locale.ROOT)
        + ", "
        + code(decision.reason().name());
  }

  private static String told(RecordingListener listener) {
    return Stream.concat(
            listener.reasons().stream().map(reason -> "decision " + code(reason.name())),
            listener.runs().stream()
                .map(run -> "run " + code(run.write().getClass().getSimpleName())))
        .reduce((one, other) -> one + ", " + other)
        .orElse("nothing");
  }

  private static String strict(Fault fault) throws Exception {
    boolean[] ran = {false};
    try (JdbcStore store = store(fault);
        TaskCache cache = cache(store, fault).strict().build()) {
      fault.ready();
      run(
          cache,
          STRICT,
          () -> {
            ran[0] = true;
            fault.duringTask();
          });
      return "no exception";
    } catch (StoreException e) {
      String when = ran[0] ? ", after the task has run" : ", the task does not run";
      return code("StoreException") + ": " + e.getMessage().split(":")[0] + when;
    }
  }

  private static String code(String name) {
    return "`" + name + "`";
  }
}

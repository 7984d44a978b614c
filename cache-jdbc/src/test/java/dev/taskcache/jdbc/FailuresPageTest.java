package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.jdbc.Situation.Scene;
import dev.taskcache.store.Outputs;
import dev.taskcache.testing.RecordingListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a cache does when something is wrong with its database; {@link #main} writes it into {@code
 * docs/jdbc.md}.
 */
class FailuresPageTest {
  private static final String TABLE = "FailuresPageTest";
  private static final List<String> COLUMNS =
      List.of("what is wrong", "decision", "write", "events", "strict", "at most");
  // Machines are slow: only that it ended is to be seen, and not with how much to spare.
  private static final Duration SLACK = Duration.ofSeconds(30);

  public static void main(String[] args) throws Exception {
    JdbcPage.write(TABLE, JdbcPage.head(COLUMNS), rows());
  }

  private static List<String> rows() throws Exception {
    List<String> rows = new ArrayList<>();
    for (Situation each : Situation.values()) {
      rows.add(row(each));
    }
    return rows;
  }

  private static String row(Situation situation) throws Exception {
    RecordingListener listener = new RecordingListener();
    Outcome<Outputs> outcome;
    try (Scene scene = arranged(situation)) {
      long begun = System.nanoTime();
      outcome = run(scene, TaskCache.builder(scene.store()).listener(listener));
      Duration most = Scene.DEADLINE.multipliedBy(calls(outcome));
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as(situation.words())
          .isLessThan(most.plus(SLACK));
    }
    assertThat(outcome.value()).as("whatever happened, the caller has its result").isEqualTo(BIG);
    return JdbcPage.row(
        List.of(
            situation.words(),
            "`" + outcome.decision().reason() + "`",
            "`" + outcome.write().getClass().getSimpleName() + "`",
            events(listener),
            strict(situation),
            calls(outcome) + " deadlines"));
  }

  private static Scene arranged(Situation situation) throws Exception {
    TestDatabase database = situation.newDatabase();
    JdbcSchema.of(database.dataSource()).migrate();
    Scene scene = new Scene(database);
    try {
      situation.arrange(scene);
      return scene;
    } catch (Exception e) {
      scene.close();
      throw e;
    }
  }

  /** Larger than what is free in a page, and not to be compressed. */
  private static final Outputs BIG = big();

  private static Outputs big() {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(100_000, 'a', 'z').forEach(each -> text.append((char) each));
    return Samples.text(text.toString());
  }

  private static Outcome<Outputs> run(Scene scene, TaskCacheBuilder builder) throws Exception {
    Clock clock = Clock.offset(Clock.systemUTC(), scene.ahead());
    try (TaskCache cache = builder.clock(clock).build()) {
      return cache.getOrRun(
          Samples.named(1),
          () -> {
            scene.duringTask().run();
            return BIG;
          });
    }
  }

  /** Find and claim, and publish and give back; or find, and publish without a lease. */
  private static int calls(Outcome<Outputs> outcome) {
    return outcome.decision().reason().name().equals("STORE_FAILED") ? 3 : 4;
  }

  private static String events(RecordingListener listener) {
    List<String> events = new ArrayList<>();
    for (DecisionEvent each : listener.decisions()) {
      events.add("onDecision `" + each.reason() + "`");
    }
    for (RunEvent each : listener.runs()) {
      events.add("onRun `" + each.write().getClass().getSimpleName() + "`");
    }
    return String.join(", ", events);
  }

  private static String strict(Situation situation) throws Exception {
    boolean[] ran = {false};
    try (Scene scene = arranged(situation)) {
      Runnable happens = scene.duringTask();
      scene.whileTheTaskRuns(
          () -> {
            ran[0] = true;
            happens.run();
          });
      run(scene, TaskCache.builder(scene.store()).strict());
      return "no exception";
    } catch (RuntimeException e) {
      return "`"
          + e.getClass().getSimpleName()
          + "` "
          + (ran[0] ? "after" : "before")
          + " the task";
    }
  }

  @Test
  void thePageSaysWhatHappens() throws Exception {
    assertThat(JdbcPage.rows(TABLE)).isEqualTo(rows());
  }
}

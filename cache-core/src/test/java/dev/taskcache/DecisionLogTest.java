package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/** The one line of each decision. */
class DecisionLogTest {
  private static final String SECRET = "hunter2";

  private final RecordedLog log = new RecordedLog();
  private final List<DecisionEvent> events = new ArrayList<>();
  private final TaskCache cache =
      TaskCache.builder(new InMemoryStore())
          .keepInputValues()
          .listener(
              new CacheListener() {
                @Override
                public void onDecision(DecisionEvent event) {
                  events.add(event);
                  new DecisionLog(log).decided(event);
                }
              })
          .build();

  private void run(TaskRequest.Builder request) throws InterruptedException {
    cache.getOrRun(
        request.outputs(Requests.schema("auc", "float64")).build(),
        () -> Outputs.of(Map.of("auc", 0.5)));
  }

  @Test
  void missesAndBypassesAreAtInfoAndHitsAtDebug() throws Exception {
    run(Requests.train());
    run(Requests.train());
    run(Requests.train().sideEffects());

    assertThat(log.levels).containsExactly(Level.INFO, Level.DEBUG, Level.INFO);
    assertThat(log.lines.get(0))
        .matches(
            "decision=miss reason=NO_ENTRY because=NO_EARLIER_RESULT namespace=default"
                + " component=train pipeline=pipeline run=7 task=train key=k1:[0-9a-f]{64}"
                + " option=mode:READ_WRITE level=LIBRARY where=\"the library's default\""
                + " took_us=[0-9]+");
    assertThat(log.lines.get(1))
        .matches(
            "decision=hit reason=ENTRY_FOUND namespace=default component=train pipeline=pipeline"
                + " run=7 task=train key=k1:[0-9a-f]{64} option=mode:READ_WRITE level=LIBRARY"
                + " where=\"the library's default\" took_us=[0-9]+ saved_ms=[0-9]+"
                + " stored_at=[-0-9T:.]+Z stored_by=7");
    assertThat(log.lines.get(2))
        .isEqualTo(
            "decision=bypass reason=CACHING_OFF namespace=default component=train"
                + " pipeline=pipeline run=7 task=train option=mode:OFF level=LIBRARY"
                + " where=\"the task has side effects\" took_us=0"
                + " detail=\"mode = OFF (LIBRARY, the task has side effects)\"");
  }

  @Test
  void differencesAreNamedWithoutTheValues() throws Exception {
    TaskIdentity earlier = new TaskIdentity("pipeline", "6", "train");
    run(Requests.train().identity(earlier).input("password", SECRET).input("epochs", 1));
    run(Requests.train().input("password", "other").input("epochs", 2));

    assertThat(events.get(1).explanation().toString()).as("the test would see it").contains(SECRET);
    assertThat(log.lines.get(1))
        .contains("reason=NO_ENTRY because=INPUT_CHANGED")
        .contains("earlier_run=6 differs=\"input \\\"epochs\\\", input \\\"password\\\"\"");
    assertThat(log.lines).noneMatch(line -> line.contains(SECRET) || line.contains("other"));
  }

  @Test
  void aNameCannotEndTheLineOrBeginAPair() throws Exception {
    ComponentSpec hostile = ComponentSpec.named("a\nb decision=hit\"\\");
    run(TaskRequest.builder(hostile).version("1").input("x", InputValue.of(1)));

    assertThat(log.lines).hasSize(1);
    assertThat(log.lines.get(0))
        .contains(" component=\"a\\u000ab decision=hit\\\"\\\\\" ")
        .doesNotContain("\n");
  }

  @Test
  void aHitWhoseLineIsNotWrittenMakesNone() throws Exception {
    run(Requests.train());
    run(Requests.train());
    DecisionEvent hit = events.get(1);
    AtomicInteger explained = new AtomicInteger();
    DecisionEvent counting =
        new DecisionEvent(
            hit.subject(),
            events.get(0).reason(),
            hit.setting(),
            null,
            hit.took(),
            hit.waited(),
            () -> {
              explained.incrementAndGet();
              return events.get(0).explanation();
            });
    log.lines.clear();
    log.off = true;

    new DecisionLog(log).decided(hit);
    new DecisionLog(log).decided(counting);
    assertThat(log.lines).isEmpty();
    assertThat(explained).hasValue(0);

    log.off = false;
    new DecisionLog(log).decided(counting);
    assertThat(explained).as("once the line is written").hasPositiveValue();
  }

  /** A logger that keeps what it is given. */
  private static final class RecordedLog extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    final transient List<String> lines = new ArrayList<>();
    final transient List<Level> levels = new ArrayList<>();
    boolean off;

    @Override
    protected String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable cause) {
      levels.add(level);
      lines.add(message);
    }

    @Override
    public boolean isTraceEnabled() {
      return !off;
    }

    @Override
    public boolean isDebugEnabled() {
      return !off;
    }

    @Override
    public boolean isInfoEnabled() {
      return !off;
    }

    @Override
    public boolean isWarnEnabled() {
      return !off;
    }

    @Override
    public boolean isErrorEnabled() {
      return !off;
    }
  }
}

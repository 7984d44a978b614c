package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.testing.RecordingListener;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final AtomicInteger failures = new AtomicInteger();
  private final CacheListener broken =
      new CacheListener() {
        @Override
        public void onDecision(DecisionEvent event) {
          failures.incrementAndGet();
          throw new IllegalStateException("a broken listener");
        }

        @Override
        public void onRun(RunEvent event) {
          failures.incrementAndGet();
          throw new IllegalStateException("a broken listener");
        }
      };
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache =
      TaskCache.builder(new InMemoryStore())
          .listener(broken)
          .listener(new CacheListener() {})
          .listener(listener)
          .build();

  @Test
  void aListenerThatThrowsHarmsNeitherTheTaskNorTheOtherListeners() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    for (int call = 0; call < 3; call++) {
      cache.getOrRun(
          Requests.named(1),
          () -> {
            runs.incrementAndGet();
            return Outputs.of(Map.of("auc", 0.5));
          });
    }

    assertThat(runs).hasValue(1);
    assertThat(failures).as("told every time, though it fails").hasValue(4);
    assertThat(listener.reasons())
        .isEqualTo(List.of(Reason.NO_ENTRY, Reason.ENTRY_FOUND, Reason.ENTRY_FOUND));
    assertThat(listener.runs()).hasSize(1);
  }

  @Test
  void eventsSayWhatTheyAreAbout() throws Exception {
    cache.getOrRun(Requests.named(1), () -> Outputs.of(Map.of("auc", 0.5)));
    cache.decide(Requests.named(1));

    DecisionEvent miss = listener.decisions().get(0);
    DecisionEvent hit = listener.decisions().get(1);
    assertThat(miss.subject().component()).isEqualTo("train");
    assertThat(miss.subject().namespace()).isEqualTo("default");
    assertThat(miss.subject().task().run()).isEqualTo("7");
    assertThat(miss.saved()).isNull();
    assertThat(hit.subject().key()).isEqualTo(miss.subject().key()).isNotNull();
    Duration ran = listener.runs().get(0).duration();
    assertThat(hit.saved()).isEqualTo(ran.truncatedTo(ChronoUnit.MICROS));
    assertThat(listener.runs().get(0).subject()).isEqualTo(miss.subject());
  }
}

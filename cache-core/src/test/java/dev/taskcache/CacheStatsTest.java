package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.taskcache.event.CacheStats;
import dev.taskcache.event.ComponentStats;
import dev.taskcache.event.ComponentStats.Remark;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.CountBuffer;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Statistics.Count;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is counted, and what is said of it. */
class CacheStatsTest {
  private static final Outputs RESULT = Outputs.of(Map.of("auc", 0.5));

  private final SettableClock clock = new SettableClock();
  private final CacheStats stats = new CacheStats();
  private final TaskCache cache =
      TaskCache.builder(new InMemoryStore(clock)).clock(clock).listener(stats).build();

  private static TaskRequest request(String namespace, int epochs) {
    return Requests.train()
        .namespace(namespace)
        .input("epochs", epochs)
        .outputs(Requests.schema("auc", "float64"))
        .build();
  }

  /** A task that takes an hour. */
  private void run(String namespace, int epochs) {
    CacheDecision decision = cache.decide(request(namespace, epochs));
    if (decision instanceof CacheDecision.Miss miss) {
      clock.advance(Duration.ofHours(1));
      cache.publish(miss.token().orElseThrow(), RESULT);
    }
  }

  @Test
  void hitsMissesBytesAndTimeSavedAreCountedPerComponentAndNamespace() throws Exception {
    run("a", 1);
    run("a", 1);
    run("a", 1);
    run("a", 2);
    run("b", 1);
    cache.getOrRun(Requests.train().sideEffects().namespace("b").build(), () -> Outputs.NONE);

    assertThat(stats.components())
        .extracting(ComponentStats::namespace, ComponentStats::component)
        .containsExactly(tuple("a", "train"), tuple("b", "train"));
    ComponentStats a = stats.components().get(0);
    assertThat(a.decisions()).isEqualTo(Map.of(Reason.ENTRY_FOUND, 2L, Reason.NO_ENTRY, 2L));
    assertThat(a.hitRate()).isEqualTo(0.5);
    assertThat(a.saved()).isEqualTo(Duration.ofHours(2));
    assertThat(a.runs()).isEqualTo(2);
    assertThat(a.run()).isEqualTo(Duration.ofHours(1));
    assertThat(a.stored()).isEqualTo(2);
    assertThat(a.storedBytes()).isPositive().isEqualTo(a.servedBytes());
    assertThat(a.lookUp()).isPositive();
    assertThat(a.remarks()).isEmpty();
    ComponentStats b = stats.components().get(1);
    assertThat(b.count(Reason.Kind.BYPASS)).isEqualTo(1);
    assertThat(b.saved()).isZero();
  }

  @Test
  void everyThreadsEventsAreCountedOnce() throws Exception {
    run("a", 1);
    int threads = 4;
    int each = 2_000;
    CountDownLatch ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int call = 0; call < each; call++) {
                  cache.decide(request("a", 1));
                }
                ended.countDown();
              })
          .start();
    }
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();

    assertThat(stats.components().get(0).decisions())
        .containsEntry(Reason.ENTRY_FOUND, (long) threads * each);
  }

  @Test
  void whatTakesLessThanItsLookUpAndStoringIsNotWorthIt() {
    List<Count> counts = new ArrayList<>();
    long micro = 1_000;
    component(counts, "cheap", 3, 900 * micro);
    component(counts, "dear", 3, 1_100 * micro);
    component(counts, "cheap-but-run-twice-only", 2, 900 * micro);

    assertThat(ComponentStats.of(counts))
        .extracting(each -> each.component() + " " + each.remarks())
        .containsExactly(
            "cheap [" + Remark.NOT_WORTH_CACHING + "]", "cheap-but-run-twice-only []", "dear []");
  }

  /** Runs of some length, beside look-ups of 400 and publishes of 600 microseconds. */
  private static void component(List<Count> counts, String name, long runs, long nanos) {
    counts.add(new Count("n", name, "runs", runs));
    counts.add(new Count("n", name, "ran_ns", runs * nanos));
    counts.add(new Count("n", name, "look_ups", 10));
    counts.add(new Count("n", name, "looked_up_ns", 10 * 400_000));
    counts.add(new Count("n", name, "stored", runs));
    counts.add(new Count("n", name, "writes", runs));
    counts.add(new Count("n", name, "writing_ns", runs * 600_000));
  }

  @Test
  void countersOfLaterVersionsAreLeftOut() {
    List<Count> counts =
        List.of(
            new Count("n", "c", "decided.TOMORROWS_REASON", 5),
            new Count("n", "c", "tomorrows_counter", 5),
            new Count("n", "c", "decided.NO_ENTRY", 2));

    assertThat(ComponentStats.of(counts).get(0).decisions()).isEqualTo(Map.of(Reason.NO_ENTRY, 2L));
  }

  @Test
  void componentsBeyondTheFirstTenThousandAreOneTogether() {
    CountBuffer buffer = new CountBuffer();
    for (int i = 0; i < 10_010; i++) {
      buffer.count("n", "component-" + i, "runs", 1);
    }
    buffer.count("n", "component-0", "runs", 1);

    List<Count> all = buffer.drain();
    assertThat(all).hasSize(10_001);
    assertThat(all).contains(new Count("n", CountBuffer.OTHERS, "runs", 10));
    assertThat(all).contains(new Count("n", "component-0", "runs", 2));
    assertThat(buffer.drain()).isEmpty();
  }
}

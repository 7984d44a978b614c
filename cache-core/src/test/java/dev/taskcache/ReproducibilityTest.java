package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.event.IrreproducibleEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.SettableClock;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Hits whose task is run again, to compare what it gives with what is stored. */
class ReproducibilityTest {
  private static final Outputs STORED = Outputs.of(Map.of("auc", 1));
  private static final Outputs OTHER = Outputs.of(Map.of("auc", 2));
  private static final CachingOptions ALWAYS = share(1).build();
  private static final CachingOptions STOPPING = share(1).stopWhenNotReproducible(true).build();

  private final SettableClock clock = new SettableClock();
  private final FailingStore store = new FailingStore(new InMemoryStore(clock));
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache = cache(1);
  private int runs;

  private static CachingOptions.Builder share(double share) {
    return CachingOptions.builder().reproducibility(share);
  }

  private TaskCache cache(long seed) {
    return TaskCache.builder(store)
        .clock(clock)
        .listener(listener)
        .sampling(new Random(seed))
        .build();
  }

  private static TaskRequest request(CachingOptions options) {
    return Requests.train().outputs(Requests.schema("auc", "int")).options(options).build();
  }

  private Outcome<Outputs> run(CachingOptions options, Outputs result) throws InterruptedException {
    return cache.getOrRun(
        request(options),
        () -> {
          runs++;
          return result;
        });
  }

  private static String digest(Outputs outputs) {
    return ValueDigest.of(outputs.values()).hex();
  }

  @Test
  void theShareOfHitsIsDrawnByTheCallersLots() throws Exception {
    long seed = 20261125;
    Random oracle = new Random(seed);
    int expected = 0;
    for (int i = 0; i < 1_000; i++) {
      expected += oracle.nextDouble() < 0.1 ? 1 : 0;
    }
    TaskCache sampling = cache(seed);
    sampling.getOrRun(request(CachingOptions.NONE), () -> STORED);
    listener.clear();

    for (int i = 0; i < 1_000; i++) {
      assertThat(sampling.getOrRun(request(share(0.1).build()), () -> STORED).value())
          .isEqualTo(STORED);
    }

    assertThat(listener.reasons())
        .as("seed %d", seed)
        .filteredOn(reason -> reason == Reason.REPRODUCIBILITY_SAMPLE)
        .hasSize(expected)
        .hasSizeBetween(50, 150);
    assertThat(listener.runs()).hasSize(expected);
  }

  @Test
  void anEqualResultLeavesTheEntryAsItIs() throws Exception {
    run(CachingOptions.NONE, STORED);
    CacheEntry before = entry();

    Outcome<Outputs> sample = run(ALWAYS, STORED);

    assertThat(sample.decision().reason()).isEqualTo(Reason.REPRODUCIBILITY_SAMPLE);
    assertThat(sample.write()).isEqualTo(new WriteOutcome.Compared(digest(STORED), digest(STORED)));
    assertThat(runs).isEqualTo(2);
    assertThat(entry()).isEqualTo(before);
    assertThat(listener.events(IrreproducibleEvent.class)).isEmpty();
    assertThat(store.find(before.id()).holder()).as("the lease is given back").isEmpty();
  }

  private CacheEntry entry() {
    return ((CacheDecision.Hit) cache.peek(request(CachingOptions.NONE))).entry().orElseThrow();
  }

  @Test
  void anotherResultIsToldWithBothDigestsAndTheStoredOneIsUsed() throws Exception {
    run(CachingOptions.NONE, STORED);

    Outcome<Outputs> sample = run(ALWAYS, OTHER);

    assertThat(sample.value()).isEqualTo(STORED);
    assertThat(sample.write()).isEqualTo(new WriteOutcome.Compared(digest(STORED), digest(OTHER)));
    assertThat(listener.events(IrreproducibleEvent.class))
        .containsExactly(
            new IrreproducibleEvent(
                sample.decision().subject(),
                digest(STORED),
                digest(OTHER),
                entry().header().producer(),
                false));
    assertThat(run(CachingOptions.NONE, OTHER).decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void decideGivesATokenAndPublishCompares() {
    cache.publish(
        ((CacheDecision.Miss) cache.decide(request(ALWAYS))).token().orElseThrow(), STORED);
    CacheDecision.Miss sample = (CacheDecision.Miss) cache.decide(request(STOPPING));
    assertThat(sample.reason()).isEqualTo(Reason.REPRODUCIBILITY_SAMPLE);
    assertThat(sample.message()).contains("reproducibility = 1.0 (TASK, the request)");
    assertThat(cache.decide(request(ALWAYS)).reason())
        .as("while one runs the others are served")
        .isEqualTo(Reason.ENTRY_FOUND);

    LeaseToken token = LeaseToken.parse(sample.token().orElseThrow().encode());
    assertThat(token).isEqualTo(sample.token().orElseThrow());
    WriteOutcome write = cache(2).publish(token, OTHER);

    assertThat(write).isEqualTo(new WriteOutcome.Compared(digest(STORED), digest(OTHER)));
    assertThat(listener.events(IrreproducibleEvent.class).get(0).stopped()).isTrue();
  }

  @Test
  void aStopLastsUntilSomebodyClearsIt() throws Exception {
    run(CachingOptions.NONE, STORED);
    run(STOPPING, OTHER);

    for (int i = 0; i < 2; i++) {
      Outcome<Outputs> stopped = run(CachingOptions.NONE, OTHER);
      assertThat(stopped.decision().reason()).isEqualTo(Reason.NOT_REPRODUCIBLE);
      assertThat(stopped.decision().message())
          .contains("train in run 7 gave " + digest(OTHER) + " in place of " + digest(STORED));
      assertThat(stopped.value()).isEqualTo(OTHER);
      assertThat(stopped.write()).isInstanceOf(WriteOutcome.NotAttempted.class);
    }
    CacheDecision.Miss decided = (CacheDecision.Miss) cache.decide(request(CachingOptions.NONE));
    assertThat(decided.reason()).isEqualTo(Reason.NOT_REPRODUCIBLE);
    assertThat(decided.token()).isEmpty();
    TaskRequest another =
        Requests.train().namespace("other").outputs(Requests.schema("auc", "int")).build();
    assertThat(cache.getOrRun(another, () -> OTHER).write())
        .as("another namespace")
        .isInstanceOf(WriteOutcome.Stored.class);

    assertThat(store.stops().clear("default", "train")).isTrue();
    assertThat(run(CachingOptions.NONE, OTHER).decision().reason()).isEqualTo(Reason.INVALIDATED);
    assertThat(run(CachingOptions.NONE, STORED).value()).isEqualTo(OTHER);
  }

  @Test
  void whoAsksMeanwhileIsServedWithTheStoredResult() throws Exception {
    run(CachingOptions.NONE, STORED);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Caller<Outcome<Outputs>> sample =
        new Caller<>(
            () ->
                cache.getOrRun(
                    request(ALWAYS),
                    () -> {
                      begun.countDown();
                      mayEnd.await();
                      return OTHER;
                    }));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

    Outcome<Outputs> other = new Caller<>(() -> run(ALWAYS, OTHER)).result();
    assertThat(other.decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(other.value()).isEqualTo(STORED);
    mayEnd.countDown();
    assertThat(sample.result().value()).isEqualTo(STORED);
  }

  @Test
  void aSampleWhoseTaskFailsFailsItsCallerAndGivesTheLeaseBack() throws Exception {
    run(CachingOptions.NONE, STORED);

    assertThatThrownBy(
            () ->
                cache.<IOException>getOrRun(
                    request(ALWAYS),
                    () -> {
                      throw new IOException("no disk");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(store.find(entry().id()).holder()).isEmpty();
    assertThat(run(CachingOptions.NONE, OTHER).value()).isEqualTo(STORED);
  }

  @Test
  void aStoreThatCannotGiveALeaseStillServesTheHit() throws Exception {
    run(CachingOptions.NONE, STORED);
    store.failing.add(FailingStore.Call.CLAIM);

    assertThat(run(ALWAYS, OTHER).decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void aNamespaceCanBeSampled() throws Exception {
    TaskCache sampled =
        TaskCache.builder(store).clock(clock).administrator("default", ALWAYS, Limits.NONE).build();
    run(CachingOptions.NONE, STORED);

    assertThat(sampled.decide(request(CachingOptions.NONE)).reason())
        .isEqualTo(Reason.REPRODUCIBILITY_SAMPLE);
    assertThat(sampled.options(request(CachingOptions.NONE)).setting("reproducibility").toString())
        .isEqualTo(
            "reproducibility = 1.0 (ADMINISTRATOR, TaskCacheBuilder.administrator(default))");
  }
}

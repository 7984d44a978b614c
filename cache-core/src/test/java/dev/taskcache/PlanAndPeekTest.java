package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking without claiming: one request with its outputs, or many without. */
class PlanAndPeekTest {
  private static final Outputs OUTPUTS = Outputs.of(Map.of("auc", 0.5));

  private final FailingStore store = new FailingStore();
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache = TaskCache.builder(store).listener(listener).build();
  private CacheEntry entry;

  @BeforeEach
  void storeOneAndRunAnother() throws Exception {
    Outcome<Outputs> outcome = cache.getOrRun(Requests.named(1), () -> OUTPUTS);
    entry = ((WriteOutcome.Stored) outcome.write()).entry();
    cache.decide(Requests.named(2));
    listener.clear();
    store.calls.clear();
  }

  @Test
  void peekReadsTheOutputsOfAHit() {
    CacheDecision.Hit hit = (CacheDecision.Hit) cache.peek(Requests.named(1));

    assertThat(hit.entry()).contains(entry);
    assertThat(hit.reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(store.calls).isEqualTo(Map.of(FailingStore.Call.FIND, 1));
    assertThat(listener.decisions()).isEmpty();
  }

  @Test
  void peekSaysWhoRunsTheTaskAndClaimsNothing() {
    assertThat(cache.peek(Requests.named(2)).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
    CacheDecision.Miss miss = (CacheDecision.Miss) cache.peek(Requests.named(3));

    assertThat(miss.reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(miss.token()).isEmpty();
    assertThat(store.calls).isEqualTo(Map.of(FailingStore.Call.FIND, 2));
    assertThat(listener.decisions()).isEmpty();
    assertThat(((CacheDecision.Miss) cache.decide(Requests.named(3))).token()).isPresent();
  }

  @Test
  void aPlanAsksOnceForAllAndReadsNoOutputs() {
    List<TaskRequest> requests = new ArrayList<>();
    for (int epochs = 0; epochs < 100; epochs++) {
      requests.add(Requests.named(epochs));
    }
    requests.addAll(List.copyOf(requests));

    List<CacheDecision> plan = cache.plan(requests);

    assertThat(store.calls).isEqualTo(Map.of(FailingStore.Call.FIND_ALL, 1));
    assertThat(plan).hasSize(200);
    for (int half : List.of(0, 100)) {
      CacheDecision.Hit hit = (CacheDecision.Hit) plan.get(half + 1);
      assertThat(hit.entry()).as("outputs in a plan").isEmpty();
      assertThat(hit.header()).contains(entry.header());
      assertThat(hit.message()).contains("by train in run 7");
      assertThat(plan.get(half + 2).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
      assertThat(plan.get(half + 3).reason()).isEqualTo(Reason.NO_ENTRY);
    }
    assertThat(plan).filteredOn(each -> each.reason() == Reason.NO_ENTRY).hasSize(196);
    assertThat(listener.decisions()).isEmpty();
    assertThat(((CacheDecision.Miss) cache.decide(Requests.named(3))).token()).isPresent();
  }

  @Test
  void neitherCountsAsUse() {
    cache.peek(Requests.named(1));
    cache.plan(List.of(Requests.named(1)));
    assertThat(store.calls).doesNotContainKey(FailingStore.Call.USED);

    cache.decide(Requests.named(1));
    assertThat(store.calls).containsEntry(FailingStore.Call.USED, 1);
  }
}

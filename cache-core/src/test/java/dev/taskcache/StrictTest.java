package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A store that fails, for those who want to hear of it and for those who do not. */
class StrictTest {
  private static final Outputs OUTPUTS = Outputs.of(Map.of("auc", 0.5));

  private final FailingStore store = new FailingStore();
  private final RecordingListener listener = new RecordingListener();
  private final AtomicInteger runs = new AtomicInteger();
  private final TaskCache strict = TaskCache.builder(store).strict().listener(listener).build();
  private final TaskCache lenient = TaskCache.builder(store).listener(listener).build();

  private Outputs task() {
    runs.incrementAndGet();
    return OUTPUTS;
  }

  private static void isDown(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store is down");
  }

  @Test
  void aStrictCacheThrowsWhenTheStoreCannotDecideAndRunsNothing() {
    for (FailingStore.Call call : List.of(FailingStore.Call.FIND, FailingStore.Call.CLAIM)) {
      store.failing.clear();
      store.failing.add(call);
      isDown(() -> strict.decide(Requests.named(1)));
      isDown(() -> strict.getOrRun(Requests.named(1), this::task));
    }
    store.failing.addAll(List.of(FailingStore.Call.FIND, FailingStore.Call.FIND_ALL));
    isDown(() -> strict.peek(Requests.named(1)));
    isDown(() -> strict.plan(List.of(Requests.named(1))));

    assertThat(runs).hasValue(0);
    assertThat(listener.decisions()).isEmpty();
  }

  @Test
  void aStrictCallThatFailedLeavesNothingBehind() throws Exception {
    store.failing.add(FailingStore.Call.FIND);
    isDown(() -> strict.getOrRun(Requests.named(1), this::task));
    store.failing.clear();

    assertThat(strict.getOrRun(Requests.named(1), this::task).write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void aStrictCacheThrowsWhenTheResultCannotBeStoredAndTellsOfTheRun() throws Exception {
    store.failing.add(FailingStore.Call.PUBLISH);

    isDown(() -> strict.getOrRun(Requests.named(1), this::task));

    assertThat(runs).hasValue(1);
    assertThat(listener.runs()).hasSize(1);
    assertThat(listener.runs().get(0).write()).isInstanceOf(WriteOutcome.StoreFailed.class);
    store.failing.clear();
    LeaseToken token = token(strict.decide(Requests.named(1)));
    store.failing.add(FailingStore.Call.PUBLISH);
    isDown(() -> strict.publish(token, OUTPUTS));
    store.failing.clear();
    assertThat(strict.decide(Requests.named(1)).reason())
        .as("the lease was given back")
        .isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void unlessItIsStrictTheTaskRunsAndTheResultIsReportedAsNotStored() throws Exception {
    store.failing.addAll(List.of(FailingStore.Call.FIND, FailingStore.Call.FIND_ALL));
    for (CacheDecision decision :
        List.of(
            lenient.decide(Requests.named(1)),
            lenient.peek(Requests.named(1)),
            lenient.plan(List.of(Requests.named(1))).get(0))) {
      assertThat(decision.reason()).isEqualTo(Reason.STORE_FAILED);
      assertThat(decision.message()).contains("the store is down");
      assertThat(((CacheDecision.Miss) decision).token()).isEmpty();
    }
    store.failing.add(FailingStore.Call.PUBLISH_UNLEASED);
    Outcome<Outputs> down = lenient.getOrRun(Requests.named(1), this::task);
    assertThat(down.value()).isEqualTo(OUTPUTS);
    assertThat(((WriteOutcome.StoreFailed) down.write()).message()).contains("is down");

    store.failing.clear();
    LeaseToken token = token(lenient.decide(Requests.named(1)));
    store.failing.add(FailingStore.Call.PUBLISH);
    assertThat(lenient.publish(token, OUTPUTS)).isInstanceOf(WriteOutcome.StoreFailed.class);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aHitWhoseUseCannotBeNotedIsAHitAllTheSame() throws Exception {
    strict.getOrRun(Requests.named(1), this::task);
    store.failing.add(FailingStore.Call.USED);

    for (TaskCache cache : List.of(strict, lenient)) {
      assertThat(cache.getOrRun(Requests.named(1), this::task).decision().reason())
          .isEqualTo(Reason.ENTRY_FOUND);
    }
    assertThat(runs).hasValue(1);
    assertThat(store.count(FailingStore.Call.USED)).isEqualTo(2);
  }

  private static LeaseToken token(CacheDecision decision) {
    return ((CacheDecision.Miss) decision).token().orElseThrow();
  }
}

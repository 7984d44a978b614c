package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever waited for a run that failed pauses before it tries itself. A pause of an interrupted
 * thread ends at once, and with an exception: that tells it from no pause without a look at the
 * time.
 */
class BackOffTest {
  private final FailingStore store = new FailingStore();
  private final TaskCache cache = TaskCache.builder(store).build();
  private final TaskCache elsewhere = TaskCache.builder(store).build();

  @AfterEach
  void forgetTheInterrupt() {
    Thread.interrupted();
  }

  @Test
  void afterAFailedRunThereIsAPauseBeforeTheClaim() {
    LeaseToken token =
        ((CacheDecision.Miss) elsewhere.decide(Requests.named(1))).token().orElseThrow();
    store.calls.clear();
    store.seen =
        found -> {
          if (store.count(FailingStore.Call.AWAIT) == 0) {
            elsewhere.abandon(token);
          } else {
            Thread.currentThread().interrupt();
          }
          return found;
        };

    assertThatThrownBy(() -> cache.await(Requests.named(1), Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);

    assertThat(store.count(FailingStore.Call.CLAIM)).isZero();
  }

  @Test
  void whoDidNotWaitDoesNotPause() throws Exception {
    Thread.currentThread().interrupt();

    CacheDecision decision = cache.await(Requests.named(1), Duration.ofHours(1));

    assertThat(decision.reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(((CacheDecision.Miss) decision).token()).isPresent();
  }

  @Test
  void theNextOneGetsTheLeaseAfterItsPause() throws Exception {
    LeaseToken token =
        ((CacheDecision.Miss) elsewhere.decide(Requests.named(1))).token().orElseThrow();
    Caller<CacheDecision> next =
        new Caller<>(() -> cache.await(Requests.named(1), Duration.ofMinutes(1)));
    while (store.count(FailingStore.Call.AWAIT) == 0) {
      Thread.onSpinWait();
    }
    elsewhere.abandon(token);

    CacheDecision.Miss miss = (CacheDecision.Miss) next.result();
    assertThat(miss.token().orElseThrow().lease().fence()).isGreaterThan(token.lease().fence());
  }
}

package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results of tasks that ran without a lease, because the store was down or the wait was over. */
class UnleasedTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Outputs MINE = Outputs.of(Map.of("auc", 0.5));
  private static final Outputs THEIRS = Outputs.of(Map.of("auc", 0.75));

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FailingStore store = new FailingStore(memory);
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache = TaskCache.builder(store).listener(listener).build();
  private final TaskCache other = TaskCache.builder(memory).leaseRenewedByCaller(LEASE).build();

  @BeforeEach
  void goDown() {
    store.failing.add(FailingStore.Call.FIND);
  }

  /** A call that finds the store down; what happens then happens while its task runs. */
  private Outcome<Outputs> whileRunning(Task<?, InterruptedException> then) throws Exception {
    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              store.failing.clear();
              then.run();
              return MINE;
            });
    assertThat(outcome.decision().reason()).isEqualTo(Reason.STORE_FAILED);
    assertThat(listener.runs()).hasSize(1);
    assertThat(listener.runs().get(0).write()).isEqualTo(outcome.write());
    return outcome;
  }

  @Test
  void isStoredWhereNobodyElsesIs() throws Exception {
    Outcome<Outputs> outcome = whileRunning(() -> null);

    assertThat(outcome.value()).isEqualTo(MINE);
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
    CacheDecision.Hit hit = (CacheDecision.Hit) other.decide(Requests.named(1));
    assertThat(hit.entry()).contains(((WriteOutcome.Stored) outcome.write()).entry());
    assertThat(store.calls)
        .doesNotContainKey(FailingStore.Call.CLAIM)
        .doesNotContainKey(FailingStore.Call.PUBLISH);
  }

  @Test
  void givesWayToAResultThatWasStoredMeanwhile() throws Exception {
    Outcome<Outputs> outcome = whileRunning(() -> other.getOrRun(Requests.named(1), () -> THEIRS));

    assertThat(outcome.value()).isEqualTo(THEIRS);
    assertThat(((WriteOutcome.AlreadyStored) outcome.write()).entry().outputs()).isEqualTo(THEIRS);
  }

  @Test
  void givesWayToWhoeverRunsTheTaskNow() throws Exception {
    CacheDecision[] claimed = new CacheDecision[1];
    Outcome<Outputs> outcome = whileRunning(() -> claimed[0] = other.decide(Requests.named(1)));
    LeaseToken token = ((CacheDecision.Miss) claimed[0]).token().orElseThrow();

    assertThat(outcome.value()).isEqualTo(MINE);
    assertThat(outcome.write())
        .isEqualTo(new WriteOutcome.Superseded(token.lease().owner(), clock.instant().plus(LEASE)));
    assertThat(other.publish(token, THEIRS)).isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void takesThePlaceOfADeadOwner() throws Exception {
    Outcome<Outputs> outcome =
        whileRunning(
            () -> {
              other.decide(Requests.named(1));
              clock.advance(LEASE);
              return null;
            });

    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void isNotStoredAfterAnInvalidationThatCouldNotKnowOfTheTask() throws Exception {
    Outcome<Outputs> outcome =
        whileRunning(
            () ->
                memory.invalidate(
                    "default", new EntrySelector.Component("train"), "wrong training data"));

    assertThat(outcome.value()).isEqualTo(MINE);
    assertThat(outcome.write()).isEqualTo(new WriteOutcome.Superseded(null, null));
    assertThat(other.decide(Requests.named(1)).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void isStoredAfterAnInvalidationThatWasOverBefore() throws Exception {
    memory.invalidate("default", new EntrySelector.Component("train"), "wrong training data");
    clock.advance(Duration.ofDays(1));

    assertThat(whileRunning(() -> null).write()).isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void anInvalidationWhileATaskRunsUnderALeaseKeepsItsResultOutOfTheStore() throws Exception {
    store.failing.clear();
    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              memory.invalidate("default", new EntrySelector.Run("7"), "wrong training data");
              return MINE;
            });

    assertThat(outcome.value()).isEqualTo(MINE);
    assertThat(outcome.write()).isEqualTo(new WriteOutcome.Superseded(null, null));
    assertThat(cache.getOrRun(Requests.named(1), () -> THEIRS).decision().reason())
        .isEqualTo(Reason.INVALIDATED);
    assertThat(other.getOrRun(Requests.named(1), () -> MINE).value()).isEqualTo(THEIRS);
  }

  @Test
  void runAnywayStoresItsResultOnceTheOtherOwnerIsGone() throws Exception {
    store.failing.clear();
    LeaseToken token = ((CacheDecision.Miss) other.decide(Requests.named(1))).token().orElseThrow();
    TaskCache impatient = TaskCache.builder(store).longestWait(Duration.ZERO).build();

    Outcome<Outputs> outcome =
        impatient.getOrRun(
            Requests.named(1),
            () -> {
              other.abandon(token);
              return MINE;
            });

    assertThat(outcome.decision().reason()).isEqualTo(Reason.WAIT_TIMED_OUT);
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
  }
}

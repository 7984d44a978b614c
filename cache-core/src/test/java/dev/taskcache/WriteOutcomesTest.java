package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.policy.NotCached;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every thing that can become of a result; the caller has it in each case. */
class WriteOutcomesTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Outputs MINE = Outputs.of(Map.of("auc", 0.5));
  private static final Outputs THEIRS = Outputs.of(Map.of("auc", 0.75));

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache =
      TaskCache.builder(store).leaseRenewedByCaller(LEASE).listener(listener).build();

  private WriteOutcome written(Task<Outputs, RuntimeException> task) throws Exception {
    Outcome<Outputs> outcome = cache.getOrRun(Requests.named(1), task);
    assertThat(listener.runs()).hasSize(1);
    assertThat(listener.runs().get(0).write()).isEqualTo(outcome.write());
    return outcome.write();
  }

  @Test
  void stored() throws Exception {
    assertThat(written(() -> MINE)).isInstanceOf(WriteOutcome.Stored.class);
  }

  /** Another process takes over, because this owner's lease ends while its task runs. */
  private LeaseToken takeOver() {
    clock.advance(LEASE);
    TaskCache other = TaskCache.builder(store).build();
    return ((CacheDecision.Miss) other.decide(Requests.named(1))).token().orElseThrow();
  }

  @Test
  void whoLosesTheRaceReturnsTheStoredOutputs() throws Exception {
    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              cache.publish(takeOver(), THEIRS);
              return MINE;
            });

    assertThat(outcome.value()).isEqualTo(THEIRS);
    CacheEntry entry = ((WriteOutcome.AlreadyStored) outcome.write()).entry();
    assertThat(entry.outputs()).isEqualTo(THEIRS);
  }

  @Test
  void supersededByWhoeverRunsItNow() throws Exception {
    LeaseToken[] taken = new LeaseToken[1];
    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              taken[0] = takeOver();
              return MINE;
            });

    assertThat(outcome.value()).isEqualTo(MINE);
    WriteOutcome.Superseded superseded = (WriteOutcome.Superseded) outcome.write();
    assertThat(superseded.owner()).isEqualTo(taken[0].lease().owner());
    assertThat(superseded.until()).isAfter(clock.instant());
  }

  @Test
  void notEncodableIsReturnedAndLetsTheNextOneIn() throws Exception {
    Object socket = new Object();
    Outcome<Object> outcome = cache.getOrRun(Requests.train(1), Object.class, () -> socket);

    assertThat(outcome.value()).isSameAs(socket);
    assertThat(((WriteOutcome.NotEncodable) outcome.write()).message())
        .contains("outputs.result")
        .contains("java.lang.Object");
    assertThat(cache.getOrRun(Requests.train(1), Object.class, () -> "text").write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void outputsThatTheRequestDoesNotDeclareAreNotEncodable() throws Exception {
    assertThat(((WriteOutcome.NotEncodable) written(() -> Outputs.NONE)).message())
        .contains("outputs.auc")
        .contains("missing");
    listener.clear();
    Outputs both = Outputs.of(Map.of("auc", 0.5, "loss", 1));
    assertThat(((WriteOutcome.NotEncodable) written(() -> both)).message())
        .contains("outputs.loss");
    listener.clear();
    Outputs wrong = Outputs.of(Map.of("auc", "high"));
    assertThat(((WriteOutcome.NotEncodable) written(() -> wrong)).message())
        .contains("outputs.auc")
        .contains("float64");
  }

  @Test
  void tooLarge() throws Exception {
    TaskCache small = TaskCache.builder(store).maxOutputBytes(100).build();

    Outcome<String> large = small.getOrRun(Requests.train(1), String.class, () -> "x".repeat(100));
    assertThat(large.value()).hasSize(100);
    WriteOutcome.TooLarge outcome = (WriteOutcome.TooLarge) large.write();
    assertThat(outcome.limit()).isEqualTo(100);
    assertThat(outcome.bytes()).isEqualTo(110);
    assertThat(small.getOrRun(Requests.train(1), String.class, () -> "y".repeat(90)).write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void storeFailed() throws Exception {
    FailingStore failing = new FailingStore();
    failing.failing.add(FailingStore.Call.PUBLISH);
    failing.failing.add(FailingStore.Call.ABANDON);

    Outcome<Outputs> outcome =
        TaskCache.builder(failing).build().getOrRun(Requests.named(1), () -> MINE);

    assertThat(outcome.value()).isEqualTo(MINE);
    assertThat(((WriteOutcome.StoreFailed) outcome.write()).message()).contains("down");
  }

  @Test
  void notAttemptedWhereNothingIsToBeWritten() throws Exception {
    NotCached off = new NotCached(Reason.CACHING_OFF, "by the test");
    TaskRequest request = Requests.train().notCached(off).build();
    assertThat(cache.getOrRun(request, () -> MINE).write())
        .isInstanceOf(WriteOutcome.NotAttempted.class);

    cache.getOrRun(Requests.named(1), () -> MINE);
    assertThat(cache.getOrRun(Requests.named(1), () -> THEIRS).write())
        .isInstanceOf(WriteOutcome.NotAttempted.class);
  }

  @Test
  void aFailedTaskIsTold() {
    RuntimeException failure = new RuntimeException("boom");

    assertThatThrownBy(
            () ->
                written(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(listener.runs()).hasSize(1);
    assertThat(listener.runs().get(0).failure()).isSameAs(failure);
    assertThat(listener.runs().get(0).write()).isInstanceOf(WriteOutcome.NotAttempted.class);
  }
}

package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.event.OptionsConflictEvent;
import dev.taskcache.event.PublishedEvent;
import dev.taskcache.event.RaceLostEvent;
import dev.taskcache.event.StoreFailedEvent;
import dev.taskcache.event.StoreFailedEvent.Step;
import dev.taskcache.event.VerificationEvent;
import dev.taskcache.event.WaitEvent;
import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.RecordingListener.Kind;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which events there are, in which order. */
class EventsTest {
  private static final Outputs RESULT = Outputs.of(Map.of("auc", 0.5));

  private final SettableClock clock = new SettableClock();
  private final FailingStore store = new FailingStore(new InMemoryStore(clock));
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache = builder().build();

  private TaskCacheBuilder builder() {
    return TaskCache.builder(store).clock(clock).listener(listener).longestWait(Duration.ZERO);
  }

  private CacheDecision.Miss miss() {
    return (CacheDecision.Miss) cache.decide(Requests.named(1));
  }

  private Outcome<Outputs> run() throws InterruptedException {
    return cache.getOrRun(Requests.named(1), () -> RESULT);
  }

  @Test
  void aMissIsARunAndAnEntryAndThenAHit() throws Exception {
    run();
    assertThat(listener.kinds())
        .containsExactly(Kind.LEASE_ACQUIRED, Kind.DECISION, Kind.PUBLISHED, Kind.RUN);
    PublishedEvent published = listener.events(PublishedEvent.class).get(0);
    assertThat(published.entry().bytes()).isPositive();
    assertThat(listener.runs().get(0).writing()).isPositive();
    listener.clear();

    run();
    assertThat(listener.kinds()).containsExactly(Kind.DECISION);
    assertThat(listener.decisions().get(0).entry()).isEqualTo(published.entry());
    assertThat(listener.decisions().get(0).took()).isPositive();
    assertThat(listener.decisions().get(0).waited()).isZero();
  }

  @Test
  void whoIsFasterWinsTheRace() {
    LeaseToken slow = miss().token().orElseThrow();
    clock.advance(Duration.ofDays(1));
    LeaseToken fast = miss().token().orElseThrow();
    cache.publish(fast, RESULT);
    listener.clear();

    cache.publish(slow, RESULT);

    assertThat(listener.kinds()).containsExactly(Kind.RACE_LOST, Kind.RUN);
    assertThat(listener.events(RaceLostEvent.class).get(0).outcome())
        .isInstanceOf(WriteOutcome.AlreadyStored.class);
  }

  @Test
  void aTokenThatIsRenewedInVainIsALostLease() {
    LeaseToken slow = miss().token().orElseThrow();
    assertThat(cache.renew(slow)).isTrue();
    clock.advance(Duration.ofDays(1));
    miss();
    listener.clear();

    assertThat(cache.renew(slow)).isFalse();

    assertThat(listener.kinds()).containsExactly(Kind.LEASE_LOST);
    assertThat(listener.lostLeases()).containsExactly(slow.subject());
  }

  @Test
  void aWaitIsToldBeforeTheDecisionThatEndsIt() throws Exception {
    miss();
    listener.clear();
    Duration longest = Duration.ofMillis(200);

    assertThat(cache.await(Requests.named(1), longest).reason())
        .isEqualTo(Reason.RUNNING_ELSEWHERE);

    assertThat(listener.kinds()).containsExactly(Kind.WAITED, Kind.DECISION);
    assertThat(listener.events(WaitEvent.class).get(0).waited())
        .isEqualTo(listener.decisions().get(0).waited())
        .isPositive();
  }

  @Test
  void anArtifactThatIsGoneIsNamed() throws Exception {
    ArtifactVerifier.Fault gone = new ArtifactVerifier.Fault(Reason.OUTPUT_MISSING, "no model");
    TaskCache strict = builder().verify((artifacts, level) -> Optional.of(gone)).build();
    TaskRequest request = Requests.train().outputs(Requests.schema("out", "any")).build();
    Outputs model =
        Outputs.of(
            Map.of(
                "out",
                new InputValue.Artifact("Model", null, "file:m", InputValue.MapValue.EMPTY)));
    strict.getOrRun(request, () -> model);
    listener.clear();

    strict.getOrRun(request, () -> model);

    assertThat(listener.kinds()).startsWith(Kind.VERIFICATION_FAILED, Kind.LEASE_ACQUIRED);
    assertThat(listener.events(VerificationEvent.class).get(0).fault()).isEqualTo(gone);
    assertThat(listener.decisions().get(0).setting().field()).isEqualTo("verification");
  }

  @ParameterizedTest
  @CsvSource({"FIND, DECIDE", "CLAIM, DECIDE", "PUBLISH, PUBLISH", "USED, NOTE_USE"})
  void aStoreThatFailsIsToldWithTheStep(FailingStore.Call call, Step step) throws Exception {
    if (step == Step.NOTE_USE) {
      run();
    }
    store.failing.add(call);

    run();

    assertThat(listener.events(StoreFailedEvent.class)).hasSize(1);
    StoreFailedEvent failed = listener.events(StoreFailedEvent.class).get(0);
    assertThat(failed.step()).isEqualTo(step);
    assertThat(failed.failure()).hasMessage("the store is down");
    assertThat(failed.subject().component()).isEqualTo("train");
  }

  @Test
  void aLeaseThatCannotBeGivenBackIsAFailureOfTheStore() {
    LeaseToken token = miss().token().orElseThrow();
    store.failing.add(FailingStore.Call.ABANDON);

    assertThat(cache.abandon(token)).isFalse();

    assertThat(listener.events(StoreFailedEvent.class))
        .extracting(StoreFailedEvent::step)
        .containsExactly(Step.ABANDON);
  }

  @Test
  void aLimitThatOverrulesIsToldWithBothSides() throws Exception {
    Limits readOnly = new Limits(Mode.READ_ONLY, null, Verification.NONE, "policy 7");
    TaskCache limited = builder().administrator("default", CachingOptions.NONE, readOnly).build();
    CachingOptions refresh = CachingOptions.builder().mode(Mode.READ_WRITE).build();
    TaskRequest request =
        Requests.train()
            .outputs(Requests.schema("auc", "float64"))
            .options(Level.RUN, "--write", refresh)
            .build();

    limited.getOrRun(request, () -> RESULT);

    assertThat(listener.kinds()).startsWith(Kind.OPTIONS_CONFLICT, Kind.DECISION);
    assertThat(listener.events(OptionsConflictEvent.class).get(0).overruled().toString())
        .isEqualTo(
            "mode = READ_WRITE (RUN, --write) is overruled by"
                + " mode = READ_ONLY (ADMINISTRATOR, policy 7)");
    listener.clear();
    limited.getOrRun(Requests.named(1), () -> RESULT);
    assertThat(listener.events(OptionsConflictEvent.class))
        .as("a limit below which nobody asked for more")
        .isEmpty();
  }

  @Test
  void decisionsNameTheOptionAndItsLevel() throws Exception {
    run();
    clock.advance(Duration.ofHours(2));
    CachingOptions young = CachingOptions.builder().maxAge(Duration.ofHours(1)).build();
    CachingOptions off = CachingOptions.builder().mode(Mode.OFF).build();
    listener.clear();
    TaskRequest.Builder train =
        Requests.train().input("epochs", 1).outputs(Requests.schema("auc", "float64"));

    cache.getOrRun(train.options(Level.PIPELINE, "p.yaml:3", young).build(), () -> RESULT);
    cache.getOrRun(train.options(Level.RUN, "--no-cache", off).build(), () -> RESULT);

    assertThat(listener.decisions())
        .extracting(each -> each.reason() + ": " + each.setting())
        .isEqualTo(
            List.of(
                "ENTRY_TOO_OLD: maxAge = PT1H (PIPELINE, p.yaml:3)",
                "CACHING_OFF: mode = OFF (RUN, --no-cache)"));
  }
}

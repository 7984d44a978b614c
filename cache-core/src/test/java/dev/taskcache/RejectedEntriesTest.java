package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Entries that are there and cannot be served: a miss that says why, and the next result stays. */
class RejectedEntriesTest {
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final Outputs OLD = model("s3://models/old");
  private static final Outputs NEW = model("s3://models/new");

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FailingStore store = new FailingStore(memory);
  private final AtomicReference<ArtifactVerifier> verifier =
      new AtomicReference<>(ArtifactVerifier.NONE);
  private final TaskCache cache =
      TaskCache.builder(store)
          .clock(clock)
          .verify((artifacts, level) -> verifier.get().verify(artifacts, level))
          .build();

  private static Outputs model(String uri) {
    return Outputs.of(
        Map.of(
            "models",
            List.of(new InputValue.Artifact("Model", DIGEST, uri, InputValue.MapValue.EMPTY))));
  }

  private static TaskRequest request() {
    return Requests.train().input("epochs", 1).outputs(Requests.schema("models", "any")).build();
  }

  private CacheDecision.Miss replaced(TaskCache asked) throws InterruptedException {
    Outcome<Outputs> outcome = asked.getOrRun(request(), () -> NEW);
    assertThat(outcome.value()).isEqualTo(NEW);
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(memory.find(((WriteOutcome.Stored) outcome.write()).entry().id()).entry())
        .hasValueSatisfying(entry -> assertThat(entry.outputs()).isEqualTo(NEW));
    return (CacheDecision.Miss) outcome.decision();
  }

  private void storeOld(TaskCache cache) throws InterruptedException {
    assertThat(cache.getOrRun(request(), () -> OLD).write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  private static Outputs never() {
    throw new AssertionError("the task must not run");
  }

  @Test
  void anEntryIsServedUntilItsTimeIsOver() throws Exception {
    TaskCache weekly = TaskCache.builder(store).clock(clock).entriesExpireAfter(LIFETIME).build();
    storeOld(weekly);
    Instant expiry = clock.instant().plus(LIFETIME);

    clock.advance(LIFETIME.minusNanos(1_000));
    Outcome<Outputs> hit = weekly.getOrRun(request(), RejectedEntriesTest::never);
    assertThat(((CacheDecision.Hit) hit.decision()).header().orElseThrow().expiresAt())
        .isEqualTo(expiry);

    clock.advance(Duration.ofNanos(1_000));
    assertThat(weekly.peek(request()).reason()).isEqualTo(Reason.ENTRY_EXPIRED);
    assertThat(weekly.plan(List.of(request())).get(0).reason()).isEqualTo(Reason.ENTRY_EXPIRED);
    CacheDecision.Miss miss = replaced(weekly);
    assertThat(miss.reason()).isEqualTo(Reason.ENTRY_EXPIRED);
    assertThat(miss.toString()).contains("expired").contains(expiry.toString());
  }

  @Test
  void withoutALifetimeAnEntryDoesNotExpire() throws Exception {
    storeOld(cache);
    clock.advance(Duration.ofDays(10_000));

    assertThat(cache.getOrRun(request(), RejectedEntriesTest::never).value()).isEqualTo(OLD);
  }

  @Test
  void aLifetimeThatIsOverAtOnceIsRefused() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> TaskCache.builder(store).entriesExpireAfter(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString());
    }
  }

  @Test
  void whatWasInvalidatedSaysByWhomAndWhen() throws Exception {
    storeOld(cache);
    clock.advance(Duration.ofHours(1));
    Instant then = clock.instant();
    memory.invalidate("default", new EntrySelector.Component("train"), "alice: wrong labels");
    clock.advance(Duration.ofHours(1));

    assertThat(cache.plan(List.of(request())).get(0).message())
        .contains("alice: wrong labels")
        .contains(then.toString());
    CacheDecision.Miss miss = replaced(cache);
    assertThat(miss.reason()).isEqualTo(Reason.INVALIDATED);
    assertThat(miss.message()).contains("by alice: wrong labels at " + then);
  }

  @Test
  void aDamagedEntrySaysWhatIsWrongAndIsReplaced() throws Exception {
    storeOld(cache);
    store.seen =
        found ->
            new Found<CacheEntry>(
                null,
                found.liveHolder(),
                new Unusable.Damaged(
                    "the payload's digest is another one", found.entry().orElseThrow().fence()));

    CacheDecision.Miss miss = replaced(cache);

    assertThat(miss.reason()).isEqualTo(Reason.ENTRY_DAMAGED);
    assertThat(miss.message()).contains("the payload's digest is another one");
  }

  @Test
  void anEntryWhoseArtifactIsGoneOrChangedIsReplaced() throws Exception {
    for (Reason reason : List.of(Reason.OUTPUT_MISSING, Reason.OUTPUT_CHANGED)) {
      memory.invalidate("default", new EntrySelector.Component("train"), "the test");
      verifier.set(ArtifactVerifier.NONE);
      storeOld(cache);
      verifier.set(rejecting(OLD, reason));

      assertThat(cache.peek(request()).reason()).isEqualTo(reason);
      CacheDecision.Miss miss = replaced(cache);

      assertThat(miss.reason()).isEqualTo(reason);
      assertThat(miss.message()).contains("s3://models/old is bad");
      assertThat(cache.getOrRun(request(), RejectedEntriesTest::never).value()).isEqualTo(NEW);
    }
  }

  private static ArtifactVerifier rejecting(Outputs bad, Reason reason) {
    return (artifacts, level) ->
        artifacts.equals(bad.artifacts())
            ? Optional.of(new ArtifactVerifier.Fault(reason, artifacts.get(0).uri() + " is bad"))
            : Optional.empty();
  }

  @Test
  void aVerifierThatThrowsMakesTheEntryUnusable() throws Exception {
    storeOld(cache);
    verifier.set(
        (artifacts, level) -> {
          throw new IllegalStateException("the bucket does not answer");
        });

    CacheDecision.Miss miss = replaced(cache);

    assertThat(miss.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
    assertThat(miss.message()).contains("the bucket does not answer");
  }

  @Test
  void aVerifierThatReturnsNullMakesTheEntryUnusable() throws Exception {
    storeOld(cache);
    verifier.set((artifacts, level) -> null);

    CacheDecision.Miss miss = replaced(cache);

    assertThat(miss.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
    assertThat(miss.message()).contains("returned null");
  }

  @Test
  void aVerifierIsAskedOnceForEachDecisionAboutAllItsArtifactsAtTheLevelThatIsSet()
      throws Exception {
    Outputs two =
        Outputs.of(Map.of("models", List.of(OLD.artifacts().get(0), NEW.artifacts().get(0))));
    cache.getOrRun(request(), () -> two);
    List<String> asked = new CopyOnWriteArrayList<>();
    verifier.set(
        (artifacts, level) -> {
          asked.add(level + " " + artifacts.size());
          return Optional.empty();
        });
    CachingOptions size = CachingOptions.builder().verification(Verification.SIZE).build();

    cache.getOrRun(request(), RejectedEntriesTest::never);
    cache.getOrRun(sized(size), RejectedEntriesTest::never);

    assertThat(asked).containsExactly("EXISTS 2", "SIZE 2");
  }

  private static TaskRequest sized(CachingOptions options) {
    return Requests.train()
        .input("epochs", 1)
        .outputs(Requests.schema("models", "any"))
        .options(options)
        .build();
  }

  @Test
  void aVerifierIsNotAskedAboutOutputsWithoutArtifactsNorByAPlan() throws Exception {
    verifier.set(
        (artifacts, level) -> {
          throw new AssertionError("asked about " + artifacts);
        });
    Outputs plain = Outputs.of(Map.of("models", List.of("s3://models/old")));
    cache.getOrRun(request(), () -> plain);
    assertThat(cache.getOrRun(request(), RejectedEntriesTest::never).value()).isEqualTo(plain);

    memory.invalidate("default", new EntrySelector.Component("train"), "the test");
    storeOld(cache);
    assertThat(cache.plan(List.of(request())).get(0).reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void aFaultHasOneOfTheThreeReasons() {
    assertThatThrownBy(() -> new ArtifactVerifier.Fault(Reason.ENTRY_FOUND, "fine"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OUTPUT_MISSING");
  }

  @Test
  void whoLosesToAnEntryThatItCannotUseKeepsItsOwnResult() throws Exception {
    verifier.set(rejecting(OLD, Reason.OUTPUT_MISSING));
    TaskCache other = TaskCache.builder(memory).build();

    Outcome<Outputs> outcome =
        cache.getOrRun(
            request(),
            () -> {
              memory.abandonAll("default", "7");
              storeOld(other);
              return NEW;
            });

    assertThat(outcome.value()).isEqualTo(NEW);
    assertThat(((WriteOutcome.AlreadyStored) outcome.write()).entry().outputs()).isEqualTo(OLD);
  }
}

package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.ArtifactVerifier.Fault;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.CodeNotIdentifiableException;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.NotCached;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Unusable;
import dev.taskcache.testing.SettableClock;
import dev.taskcache.trust.Signer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One way to each reason; the compiler refuses a new reason without one. */
class EveryReasonTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final Outputs MODEL =
      Outputs.of(
          Map.of("out", new InputValue.Artifact("Model", DIGEST, null, InputValue.MapValue.EMPTY)));

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FailingStore store = new FailingStore(memory);
  private ArtifactVerifier verifier = ArtifactVerifier.NONE;
  private final TaskCache cache =
      TaskCache.builder(store)
          .clock(clock)
          .longestWait(Duration.ZERO)
          .entriesExpireAfter(LIFETIME)
          .verify((artifacts, level) -> verifier.verify(artifacts, level))
          .build();

  @ParameterizedTest
  @EnumSource
  void hasAWayToIt(Reason reason) throws Exception {
    assertThat(produced(reason)).isEqualTo(reason);
  }

  private Reason produced(Reason reason) throws Exception {
    return switch (reason) {
      case ENTRY_FOUND -> second();
      case RUN_BY_ANOTHER -> whileAnotherRuns();
      case READ_THROUGH -> {
        ask(train().namespace("main").build());
        yield reader()
            .readThrough("default", List.of("main"))
            .build()
            .peek(train().build())
            .reason();
      }
      case NOT_SIGNED -> signedBy(null);
      case SIGNER_UNKNOWN -> signedBy(Signed.by("theirs"));
      case WRONGLY_SIGNED -> signedBy(Signer.hmac("ours", "mallory", Signed.secret("theirs")));
      case NO_ENTRY -> ask(train().build()).reason();
      case NO_EARLIER_RESULT -> explained(train().build());
      case COMPONENT_CHANGED ->
          changed(of(ComponentSpec.builder().name("train").command(List.of("x")).build()));
      case IMAGE_CHANGED -> changed(withImage("python@" + DIGEST));
      case VERSION_CHANGED -> changed(train().version("2"));
      case INPUT_CHANGED -> changed(train().input("epochs", 1));
      case OUTPUT_SCHEMA_CHANGED -> changed(train().outputs(Requests.schema("out", "text")));
      case POLICY_CHANGED -> changed(train().policy("salt", 1));
      case CUSTOM_KEY_CHANGED -> customKeyChanged();
      case ENTRY_EXPIRED -> second(() -> clock.advance(LIFETIME));
      case INVALIDATED ->
          second(() -> memory.invalidate("default", new EntrySelector.Run("7"), "the test"));
      case ENTRY_DAMAGED -> second(() -> store.seen = EveryReasonTest::damaged);
      case OUTPUT_MISSING, OUTPUT_CHANGED ->
          second(() -> verifier = (all, level) -> Optional.of(new Fault(reason, "bad")));
      case VERIFICATION_FAILED -> second(() -> verifier = EveryReasonTest::down);
      case ENTRY_TOO_OLD -> {
        ask(train().build());
        clock.advance(Duration.ofMinutes(2));
        yield ask(train().options(oldest(Duration.ofMinutes(1))).build()).reason();
      }
      case REFRESH_REQUESTED -> {
        ask(train().build());
        yield ask(train().options(mode(Mode.REFRESH)).build()).reason();
      }
      case CODE_NOT_IDENTIFIABLE ->
          ask(train().options(policy(EveryReasonTest::unknown)).build()).reason();
      case ENTRY_UNREADABLE -> readAsAnotherType();
      case STORE_FAILED -> second(() -> store.failing.add(FailingStore.Call.FIND));
      case WAIT_TIMED_OUT -> {
        cache.decide(train().build());
        yield ask(train().build()).reason();
      }
      case RUNNING_ELSEWHERE -> {
        cache.decide(train().build());
        yield cache.decide(train().build()).reason();
      }
      case CACHING_OFF, RUN_SPECIFIC ->
          ask(train().notCached(new NotCached(reason, "the test")).build()).reason();
      case IMAGE_NOT_RESOLVED -> ask(withImage("python:3.11").build()).reason();
      case KEY_FAILED -> ask(train().input("x", new Object()).build()).reason();
    };
  }

  private TaskCacheBuilder reader() {
    return TaskCache.builder(memory).clock(clock);
  }

  private Reason signedBy(@Nullable Signer signer) throws InterruptedException {
    TaskCacheBuilder theirs = reader();
    if (signer != null) {
      theirs.sign(signer);
    }
    theirs.build().getOrRun(train().build(), () -> MODEL);
    return reader().trust(Signed.trusting("ours")).build().peek(train().build()).reason();
  }

  private static CachingOptions oldest(Duration age) {
    return CachingOptions.builder().maxAge(age).build();
  }

  private static CachingOptions mode(Mode mode) {
    return CachingOptions.builder().mode(mode).build();
  }

  private static CachingOptions policy(Supplier<?> value) {
    return CachingOptions.builder().policy(CachePolicy.of("code", value)).build();
  }

  private static Optional<Fault> down(List<InputValue.Artifact> artifacts, Verification level) {
    throw new IllegalStateException("the artifact server is down");
  }

  private static Object unknown() {
    throw new CodeNotIdentifiableException("a lambda");
  }

  private static Found<CacheEntry> damaged(Found<CacheEntry> found) {
    long fence = found.entry().orElseThrow().fence();
    return new Found<>(null, null, new Unusable.Damaged("cut short", fence));
  }

  private static TaskRequest.Builder train() {
    return Requests.train().outputs(Requests.schema("out", "any"));
  }

  private static TaskRequest.Builder withImage(String image) {
    return of(ComponentSpec.builder().name("train").image(ImageRef.parse(image)).build());
  }

  private static TaskRequest.Builder of(ComponentSpec component) {
    return TaskRequest.builder(component).version("1").outputs(Requests.schema("out", "any"));
  }

  private CacheDecision ask(TaskRequest request) throws InterruptedException {
    return cache.getOrRun(request, () -> MODEL).decision();
  }

  private Reason second() throws InterruptedException {
    return second(() -> {});
  }

  /** The reason of a second request after something has happened. */
  private Reason second(Runnable between) throws InterruptedException {
    ask(train().build());
    between.run();
    return ask(train().build()).reason();
  }

  private Reason explained(TaskRequest request) throws InterruptedException {
    return ((CacheDecision.Miss) ask(request)).explanation().reason();
  }

  private Reason changed(TaskRequest.Builder request) throws InterruptedException {
    ask(train().identity(new TaskIdentity("pipeline", "6", "train")).build());
    return explained(request.build());
  }

  private Reason customKeyChanged() throws InterruptedException {
    TaskIdentity earlier = new TaskIdentity("pipeline", "6", "train");
    ask(train().customKey("monday").identity(earlier).build());
    return explained(train().customKey("tuesday").build());
  }

  private Reason readAsAnotherType() throws InterruptedException {
    record Text(String out) {}
    record Number(int out) {}
    TaskRequest request = Requests.train().outputs(Requests.schema("result", "any")).build();
    cache.getOrRun(request, Text.class, () -> new Text("x"));
    return cache.getOrRun(request, Number.class, () -> new Number(1)).decision().reason();
  }

  private Reason whileAnotherRuns() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Caller<Outcome<Outputs>> pilot =
        new Caller<>(
            () ->
                cache.getOrRun(
                    train().build(),
                    () -> {
                      runs.countDown();
                      mayEnd.await();
                      return MODEL;
                    }));
    assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
    Caller<CacheDecision> follower = new Caller<>(() -> ask(train().build()));
    follower.waits();
    mayEnd.countDown();
    pilot.result();
    return follower.result().reason();
  }
}

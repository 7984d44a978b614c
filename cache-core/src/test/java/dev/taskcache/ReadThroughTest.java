package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.FailingStore.Call;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Trust;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.SettableClock;
import dev.taskcache.trust.SignedBy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A namespace that serves what others have, and leaves them alone. */
class ReadThroughTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FailingStore store = new FailingStore(memory);
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache writer = TaskCache.builder(memory).clock(clock).build();
  private final TaskCache cache = reading().build();

  private TaskCacheBuilder reading() {
    return TaskCache.builder(store)
        .clock(clock)
        .listener(listener)
        .readThrough("pr", List.of("main", "nightly"));
  }

  private static Outputs of(String text) {
    return Outputs.of(
        Map.of("out", new InputValue.Artifact("T", DIGEST, text, InputValue.MapValue.EMPTY)));
  }

  private static TaskRequest in(String namespace, CachingOptions... options) {
    TaskRequest.Builder request =
        Requests.train().namespace(namespace).outputs(Requests.schema("out", "any"));
    for (CachingOptions each : options) {
      request.options(each);
    }
    return request.build();
  }

  private void stored(TaskCache by, String namespace) throws InterruptedException {
    assertThat(by.getOrRun(in(namespace), () -> of("of " + namespace)).write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  private static Outputs never() {
    throw new AssertionError("the task must not run");
  }

  private Found<?> row(String namespace) {
    return memory.find(new EntryId(namespace, in(namespace).key(ImageDigestResolver.NONE).key()));
  }

  private CacheDecision.Hit hit(TaskCache by, CachingOptions... options)
      throws InterruptedException {
    return (CacheDecision.Hit) by.getOrRun(in("pr", options), ReadThroughTest::never).decision();
  }

  @Test
  void theOthersAreAskedInTheirOrder() throws Exception {
    stored(writer, "nightly");
    assertThat(hit(cache).namespace()).isEqualTo("nightly");
    stored(writer, "main");
    assertThat(hit(cache).namespace()).isEqualTo("main");
    assertThat(hit(cache).entry().orElseThrow().outputs()).isEqualTo(of("of main"));
    stored(writer, "pr");

    CacheDecision.Hit own = hit(cache);

    assertThat(own.namespace()).isEqualTo("pr");
    assertThat(own.reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(own.message()).doesNotContain(" in pr");
  }

  @Test
  void aHitFromElsewhereSaysWhereAndEveryFaceSaysTheSame() throws Exception {
    stored(writer, "main");
    CacheDecision.Hit hit = hit(cache);

    assertThat(hit.reason()).isEqualTo(Reason.READ_THROUGH);
    assertThat(hit.subject().namespace()).isEqualTo("pr");
    assertThat(hit.toString()).contains("by train in run 7 in main").contains("READ_THROUGH");
    assertThat(listener.reasons()).containsExactly(Reason.READ_THROUGH);
    assertThat(listener.decisions().get(0).explanation().toString()).contains("in main");
    assertThat(cache.decide(in("pr"))).isEqualTo(hit);
    assertThat(cache.peek(in("pr"))).isEqualTo(hit);
    assertThat(cache.explanations().explain(in("pr")).toString()).contains("in main");
    CacheDecision.Hit planned = (CacheDecision.Hit) cache.plan(List.of(in("pr"))).get(0);
    assertThat(planned.header()).isEqualTo(hit.header());
    assertThat(planned.reason()).isEqualTo(Reason.READ_THROUGH);
  }

  @Test
  void nothingIsCopiedClaimedOrWrittenThere() throws Exception {
    stored(writer, "main");
    Found<?> before = row("main");
    store.calls.clear();
    clock.advance(Duration.ofHours(1));

    hit(cache);

    assertThat(store.calls).isEqualTo(Map.of(Call.FIND, 2));
    assertThat(row("pr")).isEqualTo(Found.nothing());
    assertThat(row("main")).isEqualTo(before);
    store.calls.clear();
    assertThat(cache.getOrRun(in("pr", refresh()), () -> of("of pr")).write())
        .isInstanceOf(WriteOutcome.Stored.class);
    assertThat(row("main")).isEqualTo(before);
    assertThat(
            memory.invalidate("main", new EntrySelector.UnusedSince(clock.instant()), "the test"))
        .as("entries of main that nobody has used since")
        .isEqualTo(1);
  }

  private static CachingOptions refresh() {
    return CachingOptions.builder().mode(Mode.REFRESH).build();
  }

  @Test
  void aHitOfItsOwnAsksNobodyElse() throws Exception {
    stored(writer, "pr");
    store.calls.clear();

    hit(cache);
    assertThat(store.calls).isEqualTo(Map.of(Call.FIND, 1, Call.USED, 1));
    cache.plan(List.of(in("pr")));
    assertThat(store.count(Call.FIND_ALL)).isEqualTo(1);
  }

  @Test
  void aMissClaimsInItsOwnNamespaceOnly() throws Exception {
    CacheDecision.Miss miss = (CacheDecision.Miss) cache.decide(in("pr"));

    assertThat(miss.reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(miss.token().orElseThrow().lease().id().namespace()).isEqualTo("pr");
    assertThat(store.count(Call.CLAIM)).isEqualTo(1);
    assertThat(row("main")).isEqualTo(Found.nothing());
  }

  @Test
  void readersReadThroughToo() throws Exception {
    stored(writer, "main");
    CachingOptions readOnly = CachingOptions.builder().mode(Mode.READ_ONLY).build();

    assertThat(hit(cache, readOnly).namespace()).isEqualTo("main");
  }

  @Test
  void aRefreshReusesNothingOfOthersEither() throws Exception {
    stored(writer, "main");
    assertThat(cache.getOrRun(in("pr", refresh()), () -> of("of pr")).decision().reason())
        .isEqualTo(Reason.NO_ENTRY);
    assertThat(cache.plan(List.of(in("pr", refresh()))).get(0).reason())
        .isEqualTo(Reason.REFRESH_REQUESTED);
  }

  @Test
  void theOthersEntriesAreAsOldAsTheyAre() throws Exception {
    stored(writer, "main");
    clock.advance(Duration.ofDays(2));
    CachingOptions young = CachingOptions.builder().maxAge(Duration.ofDays(1)).build();

    CacheDecision decision = cache.peek(in("pr", young));

    assertThat(decision.reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(decision.message()).contains("in main: it is PT48H old");
    assertThat(cache.plan(List.of(in("pr", young))).get(0).reason()).isEqualTo(Reason.NO_ENTRY);
    stored(writer, "nightly");
    assertThat(hit(cache, young).namespace()).as("the next one").isEqualTo("nightly");
  }

  @Test
  void theLimitsOfBothNamespacesApply() throws Exception {
    stored(writer, "main");
    clock.advance(Duration.ofDays(2));
    Limits day = new Limits(Mode.READ_WRITE, Duration.ofDays(1), Verification.NONE, "main's");
    TaskCache limited = reading().administrator("main", CachingOptions.NONE, day).build();
    assertThat(limited.peek(in("pr")).message()).contains("in main").contains("main's");

    Limits off = new Limits(Mode.OFF, null, Verification.NONE, "main is closed");
    TaskCache closed = reading().administrator("main", CachingOptions.NONE, off).build();
    assertThat(closed.peek(in("pr")).reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(closed.plan(List.of(in("pr"))).get(0).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void theOthersArtifactsAreLookedAt() throws Exception {
    stored(writer, "main");
    ArtifactVerifier gone =
        (artifacts, level) -> Optional.of(ArtifactVerifier.Fault.missing("gone"));
    TaskCache verifying = reading().verify(gone).build();

    CacheDecision decision = verifying.peek(in("pr"));

    assertThat(decision.reason()).isEqualTo(Reason.OUTPUT_MISSING);
    assertThat(decision.message()).contains("in main: gone");
  }

  @Test
  void eachNamespaceHasItsOwnKeys() throws Exception {
    stored(signing("ci").build(), "main");
    TaskCache reader =
        reading()
            .sign(Signed.by("pr"))
            .trust("pr", Signed.trusting("pr"))
            .trust("main", Signed.trusting("ci"))
            .build();
    CacheDecision.Hit hit = hit(reader);
    assertThat(hit.signedBy()).contains(new SignedBy("writer of ci", "ci"));
    assertThat(hit.message()).contains("in main, signed by writer of ci (key ci)");

    // Whoever has the key of pull requests cannot write what others take for main's.
    memory.invalidate("main", new EntrySelector.Component("train"), "the test");
    stored(signing("pr").build(), "main");
    CacheDecision forged = reader.peek(in("pr"));
    assertThat(forged.reason()).isEqualTo(Reason.SIGNER_UNKNOWN);
    assertThat(forged.message())
        .contains("in main: it says that writer of pr (key pr) signed it; trusted are [ci]");
    assertThat(reader.plan(List.of(in("pr"))).get(0).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  private TaskCacheBuilder signing(String keyId) {
    return TaskCache.builder(memory).clock(clock).sign(Signed.by(keyId));
  }

  @Test
  void noLevelOfItsOwnMakesOthersEntriesMoreTrusted() throws Exception {
    stored(writer, "main");
    CachingOptions unsigned = CachingOptions.builder().trust(Trust.UNSIGNED_ACCEPTED).build();
    TaskCache reader =
        reading()
            .trust("main", Signed.trusting("ci"))
            .administrator("pr", unsigned, Limits.NONE)
            .build();

    CacheDecision decision = reader.peek(in("pr", unsigned));

    assertThat(decision.reason()).isEqualTo(Reason.NOT_SIGNED);
    assertThat(reading().trust("pr", Signed.trusting("pr")).build().peek(in("pr")).reason())
        .as("unsigned is what main is, by its own rules")
        .isEqualTo(Reason.READ_THROUGH);
  }

  @Test
  void aStoreThatFailsThereIsAMiss() throws Exception {
    store.seen =
        found -> {
          if (store.count(Call.FIND) > 1) {
            throw new IllegalStateException("down");
          }
          return found;
        };
    assertThat(cache.getOrRun(in("pr"), () -> of("of pr")).decision().reason())
        .isEqualTo(Reason.STORE_FAILED);
  }

  @Test
  void aNamespaceIsNamedOnceAndNeverItself() {
    assertThatThrownBy(() -> TaskCache.builder(store).readThrough("pr", List.of("main", "pr")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pr reads through to [main, pr]");
    assertThatThrownBy(() -> TaskCache.builder(store).readThrough("pr", List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

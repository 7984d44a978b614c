package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Trust;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySignature;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.SettableClock;
import dev.taskcache.trust.SignedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whose entries are served, and what becomes of the others. */
class TrustTest {
  private static final Outputs THEIRS = Outputs.of(Map.of("auc", 0.1));
  private static final Outputs OURS = Outputs.of(Map.of("auc", 0.9));
  private static final CachingOptions UNSIGNED =
      CachingOptions.builder().trust(Trust.UNSIGNED_ACCEPTED).build();
  private static final CachingOptions SIGNED =
      CachingOptions.builder().trust(Trust.SIGNATURE_REQUIRED).build();

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FailingStore store = new FailingStore(memory);
  private final TaskCache ours =
      cache().sign(Signed.by("ours")).trust(Signed.trusting("ours")).build();

  private TaskCacheBuilder cache() {
    return TaskCache.builder(store).clock(clock);
  }

  private static TaskRequest request() {
    return Requests.named(1);
  }

  private static TaskRequest request(CachingOptions options) {
    return Requests.train()
        .input("epochs", 1)
        .outputs(Requests.schema("auc", "float64"))
        .options(options)
        .build();
  }

  private static void store(TaskCache by) throws InterruptedException {
    assertThat(by.getOrRun(request(), () -> THEIRS).write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  private static Outputs never() {
    throw new AssertionError("the task must not run");
  }

  /** Every face says the same, and the next result replaces the entry. */
  private CacheDecision.Miss replaced(Reason reason) throws InterruptedException {
    long rejected = memory.find(asEntry()).entry().orElseThrow().fence();
    assertThat(ours.peek(request()).reason()).isEqualTo(reason);
    assertThat(ours.plan(List.of(request())).get(0).reason()).isEqualTo(reason);
    assertThat(ours.explanations().explain(request()).reason()).isEqualTo(reason);

    Outcome<Outputs> outcome = ours.getOrRun(request(), () -> OURS);

    assertThat(outcome.value()).isEqualTo(OURS);
    CacheEntry stored = ((WriteOutcome.Stored) outcome.write()).entry();
    assertThat(stored.fence()).isGreaterThan(rejected);
    CacheDecision.Hit hit =
        (CacheDecision.Hit) ours.getOrRun(request(), TrustTest::never).decision();
    assertThat(hit.signedBy()).contains(new SignedBy("writer of ours", "ours"));
    assertThat(hit.toString()).contains("signed by writer of ours (key ours)");
    CacheDecision.Miss miss = (CacheDecision.Miss) outcome.decision();
    assertThat(miss.reason()).isEqualTo(reason);
    return miss;
  }

  private static EntryId asEntry() {
    return new EntryId("default", request().key(ImageDigestResolver.NONE).key());
  }

  @Test
  void anUnsignedEntryIsAMissAndReplaced() throws Exception {
    store(cache().build());

    assertThat(replaced(Reason.NOT_SIGNED).message())
        .contains("it has no signature; trusted are [ours]");
  }

  @Test
  void anEntryOfAnUnknownKeySaysWhose() throws Exception {
    store(cache().sign(Signed.by("theirs")).build());

    assertThat(replaced(Reason.SIGNER_UNKNOWN).message())
        .contains("writer of theirs (key theirs)")
        .contains("trusted are [ours]");
  }

  @Test
  void aWrongSignatureSaysWhoseItClaimsToBe() throws Exception {
    store(ours);
    store.seen = altered(header -> header(header, header.createdAt().plusSeconds(1)));
    CacheDecision decision = ours.peek(request());
    assertThat(decision.reason()).isEqualTo(Reason.WRONGLY_SIGNED);
    assertThat(decision.message()).contains("writer of ours (key ours)");

    Outcome<Outputs> outcome = ours.getOrRun(request(), () -> OURS);
    assertThat(outcome.value()).isEqualTo(OURS);
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
  }

  private static UnaryOperator<Found<CacheEntry>> altered(UnaryOperator<EntryHeader> header) {
    return found ->
        new Found<>(
            found.entry().map(e -> new CacheEntry(header.apply(e.header()), e.outputs())).get(),
            null,
            null,
            found.readAt());
  }

  private static EntryHeader header(EntryHeader like, Instant createdAt) {
    return new EntryHeader(
        like.id(),
        like.component(),
        like.producer(),
        like.duration(),
        like.digest(),
        like.bytes(),
        createdAt,
        like.expiresAt(),
        like.fence(),
        like.signature());
  }

  @Test
  void theWorkerOfAnotherProcessSigns() throws Exception {
    LeaseToken token = ((CacheDecision.Miss) ours.decide(request())).token().orElseThrow();
    LeaseToken sent = LeaseToken.parse(token.encode());

    assertThat(ours.publish(sent, OURS)).isInstanceOf(WriteOutcome.Stored.class);

    assertThat(ours.getOrRun(request(), TrustTest::never).value()).isEqualTo(OURS);
  }

  @Test
  void whatWasComputedWithoutALeaseIsSigned() throws Exception {
    store.failing.add(FailingStore.Call.CLAIM);
    assertThat(ours.getOrRun(request(), () -> OURS).write())
        .isInstanceOf(WriteOutcome.Stored.class);
    store.failing.clear();

    assertThat(ours.getOrRun(request(), TrustTest::never).value()).isEqualTo(OURS);
  }

  @Test
  void aSignatureHoldsUntilTheEntryExpires() throws Exception {
    TaskCache daily =
        cache()
            .sign(Signed.by("ours"))
            .trust(Signed.trusting("ours"))
            .entriesExpireAfter(Duration.ofDays(1))
            .build();
    store(daily);
    clock.advance(Duration.ofHours(23));
    assertThat(daily.getOrRun(request(), TrustTest::never).value()).isEqualTo(THEIRS);
    CachingOptions young = CachingOptions.builder().maxAge(Duration.ofHours(1)).build();
    assertThat(daily.peek(request(young)).reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
    clock.advance(Duration.ofHours(1));
    assertThat(daily.peek(request()).reason()).isEqualTo(Reason.ENTRY_EXPIRED);
  }

  @Test
  void rotationSignsWithTheNewKeyAndTrustsBoth() throws Exception {
    TaskCache before = cache().sign(Signed.by("2025")).trust(Signed.trusting("2025")).build();
    TaskCache both = cache().sign(Signed.by("2026")).trust(Signed.trusting("2025", "2026")).build();
    TaskCache after = cache().sign(Signed.by("2026")).trust(Signed.trusting("2026")).build();
    store(before);

    assertThat(both.getOrRun(request(), TrustTest::never).value()).isEqualTo(THEIRS);
    assertThat(after.peek(request()).reason()).isEqualTo(Reason.SIGNER_UNKNOWN);
    both.getOrRun(request(CachingOptions.builder().mode(Mode.REFRESH).build()), () -> OURS);
    assertThat(after.getOrRun(request(), TrustTest::never).value()).isEqualTo(OURS);
    assertThat(before.peek(request()).reason()).isEqualTo(Reason.SIGNER_UNKNOWN);
  }

  @Test
  void keysOfOneNamespaceSayNothingOfAnother() throws Exception {
    TaskCache there =
        cache().sign(Signed.by("ours")).trust("signed", Signed.trusting("ours")).build();
    TaskCache unsigned = cache().build();
    TaskRequest signed =
        Requests.train().namespace("signed").outputs(Requests.schema("auc", "float64")).build();
    store(unsigned);
    unsigned.getOrRun(signed, () -> THEIRS);

    assertThat(there.getOrRun(request(), TrustTest::never).value()).isEqualTo(THEIRS);
    assertThat(there.peek(signed).reason()).isEqualTo(Reason.NOT_SIGNED);
  }

  @Test
  void aSignatureIsOfOneNamespaceAlone() throws Exception {
    store(ours);
    CacheEntry entry = memory.find(asEntry()).entry().orElseThrow();
    TaskRequest elsewhere =
        Requests.train()
            .namespace("elsewhere")
            .input("epochs", 1)
            .outputs(Requests.schema("auc", "float64"))
            .build();
    // As if somebody had copied the row.
    store.seen =
        found ->
            new Found<>(
                new CacheEntry(
                    new EntryHeader(
                        new EntryId("elsewhere", entry.id().key()),
                        entry.header().component(),
                        entry.header().producer(),
                        entry.header().duration(),
                        entry.header().digest(),
                        entry.header().bytes(),
                        entry.createdAt(),
                        null,
                        entry.fence(),
                        entry.header().signature()),
                    entry.outputs()),
                null,
                null,
                clock.instant());

    assertThat(ours.peek(elsewhere).reason()).isEqualTo(Reason.WRONGLY_SIGNED);
  }

  @Test
  void anAdministratorCanOnlyRaiseTrust() throws Exception {
    Limits required =
        new Limits(Mode.READ_WRITE, null, Verification.NONE, Trust.SIGNATURE_REQUIRED, "policy 7");
    TaskCache strict = cache().administrator("default", UNSIGNED, required).build();
    store(cache().build());

    CacheDecision decision = strict.peek(request(UNSIGNED));

    assertThat(decision.reason()).isEqualTo(Reason.SIGNER_UNKNOWN);
    assertThat(decision.message()).contains("this cache was given no keys");
    Limits loose = new Limits(Mode.READ_WRITE, null, Verification.NONE, "no matter");
    assertThat(required.and(loose).trust()).isEqualTo(Trust.SIGNATURE_REQUIRED);
    assertThat(loose.and(required).trust()).isEqualTo(Trust.SIGNATURE_REQUIRED);
    TaskCache lax =
        cache().trust(Signed.trusting("ours")).administrator("default", SIGNED, loose).build();
    assertThat(lax.peek(request()).reason()).isEqualTo(Reason.NOT_SIGNED);
    assertThat(lax.peek(request(UNSIGNED)).reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void unsignedEntriesAreAcceptedWhereALevelSaysSoButNoWrongOnes() throws Exception {
    store(cache().build());
    CacheDecision.Hit hit = (CacheDecision.Hit) ours.peek(request(UNSIGNED));
    assertThat(hit.signedBy()).isEmpty();
    assertThat(hit.message()).doesNotContain("signed");

    store.seen = altered(header -> signed(header, new EntrySignature(new byte[] {1, 2, 3})));
    assertThat(ours.peek(request(UNSIGNED)).reason()).isEqualTo(Reason.WRONGLY_SIGNED);
    assertThat(cache().build().peek(request()).reason())
        .as("whoever has no keys cannot tell")
        .isEqualTo(Reason.ENTRY_FOUND);
  }

  private static EntryHeader signed(EntryHeader like, EntrySignature signature) {
    return new EntryHeader(
        like.id(),
        like.component(),
        like.producer(),
        like.duration(),
        like.digest(),
        like.bytes(),
        like.createdAt(),
        like.expiresAt(),
        like.fence(),
        signature);
  }

  @Test
  void whoLosesToAnEntryThatIsNotTrustedIsNotGivenIt() throws Exception {
    TaskCache theirs = cache().sign(Signed.by("theirs")).build();
    LeaseToken token = ((CacheDecision.Miss) ours.decide(request())).token().orElseThrow();
    memory.abandonAll("default", "7");
    store(theirs);

    assertThat(ours.publish(token, OURS)).isEqualTo(new WriteOutcome.Superseded(null, null));

    store(cache().sign(Signed.by("ours")).trust(Signed.trusting("ours")).build(), request());
    assertThat(ours.publish(token, OURS)).isInstanceOf(WriteOutcome.AlreadyStored.class);
  }

  private static void store(TaskCache by, TaskRequest request) throws InterruptedException {
    assertThat(by.getOrRun(request, () -> OURS).write()).isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void aCacheThatWouldNotBelieveItselfIsRefused() {
    assertThatThrownBy(
            () -> cache().sign(Signed.by("ours")).trust(Signed.trusting("theirs")).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("writer of ours (key ours)")
        .hasMessageContaining("trusted are [theirs]");
    assertThat(
            cache()
                .sign(Signed.by("ours"))
                .trust("main", Signed.trusting("theirs"))
                .trust("pr", Signed.trusting("ours"))
                .build())
        .isNotNull();
  }

  @Test
  void aReaderWithoutLeaveToWriteNotesNoUse() throws Exception {
    store(ours);
    store.calls.clear();
    CachingOptions readOnly = CachingOptions.builder().mode(Mode.READ_ONLY).build();

    assertThat(ours.getOrRun(request(readOnly), TrustTest::never).value()).isEqualTo(THEIRS);
    assertThat(store.calls).isEqualTo(Map.of(FailingStore.Call.FIND, 1));
    ours.getOrRun(request(), TrustTest::never);
    assertThat(store.count(FailingStore.Call.USED)).isEqualTo(1);
  }
}

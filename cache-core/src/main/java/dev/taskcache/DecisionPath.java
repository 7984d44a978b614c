package dev.taskcache;

import dev.taskcache.Judge.Rejection;
import dev.taskcache.Judge.Verdict;
import dev.taskcache.event.CacheListener;
import dev.taskcache.event.StoreFailedEvent;
import dev.taskcache.event.WaitEvent;
import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.TaskKey;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.NotCached;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.ReuseStops;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one path of a request up to the point where its task would run: key, find, check, claim.
 * Every face of the cache goes this way. Thread-safe.
 */
final class DecisionPath {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCache.class);
  private static final int MOST_ROUNDS = 1_000;

  private final CacheStore store;
  private final Settings settings;
  private final Explainer explainer;
  private final Judge judge;
  private final CacheListener listener;
  private final ReadThrough readThrough;

  DecisionPath(CacheStore store, Settings settings, CacheListener listener) {
    this.store = store;
    this.settings = settings;
    this.listener = listener;
    this.judge = new Judge(settings.verifier(), settings.administration().signatures(), listener);
    this.readThrough = new ReadThrough(store, judge, settings.administration());
    this.explainer = new Explainer(store, settings.clock());
  }

  /** What a cache's builder says of decisions. */
  record Settings(
      ImageDigestResolver resolver,
      ArtifactVerifier verifier,
      Duration leaseLength,
      Clock clock,
      boolean keepValues,
      Sampling sampling,
      Administration administration) {}

  /**
   * A decision.
   *
   * @param result what a hit brings, or the entry that is kept whatever a sample gives
   * @param kept the hit that a sample would have been; null for all other decisions
   */
  record Decided<T extends @Nullable Object>(
      CacheDecision decision, @Nullable T result, CacheDecision.@Nullable Hit kept) {

    Decided(CacheDecision decision, @Nullable T result) {
      this(decision, result, null);
    }
  }

  /**
   * May it be cached, and what is it called. Throws {@link NotCacheableException} if it may not.
   */
  <T extends @Nullable Object> Asked<T> ask(TaskRequest request, ResultCodec<T> codec) {
    ResolvedOptions options = options(request);
    if (options.mode() == Mode.OFF && request.notCached().isEmpty()) {
      String message = options.setting("mode").toString();
      throw new NotCacheableException(new NotCached(Reason.CACHING_OFF, message));
    }
    TaskKey key = KeyDerivation.derive(request, codec.schema(), settings.resolver());
    return Asked.of(request, codec, key, options);
  }

  ResolvedOptions options(TaskRequest request) {
    return request.options(settings.administration());
  }

  CacheDecision.Bypass bypass(TaskRequest request, NotCached finding) {
    Subject subject =
        new Subject(
            request.namespace(), request.component().displayName(), request.identity(), null);
    return new CacheDecision.Bypass(subject, finding.reason(), finding.message());
  }

  /** Find, check, claim, and wait for another's run for as long as is wanted. */
  <T extends @Nullable Object> Decided<T> decide(Asked<T> asked, Waiting waiting)
      throws InterruptedException {
    Decided<T> decided;
    try {
      decided = decideByStore(asked, waiting);
    } catch (RuntimeException e) {
      decided = new Decided<>(failed(asked, e), null);
    }
    if (waiting.turns() > 0) {
      listener.onWaited(new WaitEvent(asked.subject(), Duration.ofNanos(waiting.waited())));
    }
    return decided;
  }

  private <T extends @Nullable Object> Decided<T> decideByStore(Asked<T> asked, Waiting waiting)
      throws InterruptedException {
    Found<CacheEntry> found = store.find(asked.id());
    long baseline = fence(found);
    ReadThrough.Elsewhere<T> elsewhere = null;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Reason hitReason = waiting.turns() > 0 ? Reason.RUN_BY_ANOTHER : Reason.ENTRY_FOUND;
      Verdict<T> verdict = judge.judge(asked, found, hitReason, baseline);
      if (verdict.hit() != null) {
        Decided<T> sample = waiting.turns() > 0 ? null : sample(asked, verdict.hit());
        if (sample != null) {
          return sample;
        }
        noteUse(asked);
        return verdict.hit();
      }
      if (elsewhere == null) {
        elsewhere = readThrough.look(asked);
        if (elsewhere.hit() != null) {
          return elsewhere.hit();
        }
      }
      Rejection rejection = elsewhere.or(verdict.rejection());
      if (!asked.options().writes()) {
        return new Decided<>(miss(asked, rejection.miss(), null, rejection.detail()), null);
      }
      Found.Holder holder = verdict.holder();
      if (holder != null) {
        long left = waiting.left();
        if (left <= 0) {
          return new Decided<>(inFlight(asked, holder), null);
        }
        found = waiting.turn(() -> store.await(asked.id(), holder.fence(), Duration.ofNanos(left)));
        continue;
      }
      Optional<ReuseStops.Stop> stop = round == 0 ? Optional.empty() : stop(asked);
      if (stop.isPresent()) {
        String detail = stop.get().toString();
        return new Decided<>(miss(asked, Reason.NOT_REPRODUCIBLE, null, detail), null);
      }
      waiting.backOff();
      Long rejected = verdict.rejection().fence();
      Optional<Lease> lease = store.claim(asked.id(), claim(asked, rejected));
      if (lease.isPresent()) {
        return new Decided<>(
            miss(asked, rejection.miss(), token(asked, lease.get(), null), rejection.detail()),
            null);
      }
      found = store.find(asked.id());
    }
    throw new IllegalStateException(
        "neither an entry nor a lease after " + MOST_ROUNDS + " rounds of find and claim");
  }

  /** Why a claim was refused although nobody holds the lease. */
  private Optional<ReuseStops.Stop> stop(Asked<?> asked) {
    return store.stops().find(asked.id().namespace(), asked.subject().component());
  }

  /**
   * The right to run a hit's task again, for comparison; null where the hit is to be served. Its
   * lease keeps others from doing the same, and the entry readable.
   */
  private <T extends @Nullable Object> @Nullable Decided<T> sample(Asked<T> asked, Decided<T> hit) {
    CacheEntry entry = ((CacheDecision.Hit) hit.decision()).entry().orElse(null);
    if (entry == null || !settings.sampling().draws(asked.options())) {
      return null;
    }
    try {
      Lease lease = store.claim(asked.id(), claim(asked, entry.fence())).orElse(null);
      if (lease == null) {
        return null;
      }
      LeaseToken.Sample sample =
          new LeaseToken.Sample(
              entry.header().digest(),
              entry.header().producer(),
              asked.options().stopWhenNotReproducible());
      String detail = asked.options().setting("reproducibility").toString();
      CacheDecision.Miss miss =
          miss(asked, Reason.REPRODUCIBILITY_SAMPLE, token(asked, lease, sample), detail);
      return new Decided<>(miss, hit.result(), (CacheDecision.Hit) hit.decision());
    } catch (RuntimeException e) {
      LOG.warn("{} could not be chosen to be run again; it is a hit", asked.subject(), e);
      tellFailed(asked, StoreFailedEvent.Step.DECIDE, e);
      return null;
    }
  }

  /** The newest fence that was seen: what is published under a later one began after this look. */
  private static long fence(Found<CacheEntry> found) {
    long entry = found.storedEntry() == null ? Judge.ANY_FENCE : found.storedEntry().fence();
    long holder = found.liveHolder() == null ? Judge.ANY_FENCE : found.liveHolder().fence();
    return Math.max(entry, holder);
  }

  /** What is only noted must not cost a hit. Who may not write notes nothing. */
  private void noteUse(Asked<?> asked) {
    if (!asked.options().writes()) {
      return;
    }
    try {
      store.used(asked.id());
    } catch (RuntimeException e) {
      LOG.warn("That the entry of {} was used could not be noted", asked.subject(), e);
      tellFailed(asked, StoreFailedEvent.Step.NOTE_USE, e);
    }
  }

  private void tellFailed(Asked<?> asked, StoreFailedEvent.Step step, RuntimeException failure) {
    listener.onStoreFailed(new StoreFailedEvent(asked.subject(), step, failure));
  }

  private Claim claim(Asked<?> asked, @Nullable Long rejectedFence) {
    return new Claim(
        UUID.randomUUID().toString(),
        settings.leaseLength(),
        rejectedFence,
        asked.subject().component(),
        asked.subject().task().run());
  }

  /** What the store would answer to a request now, with the outputs of a hit; claims nothing. */
  <T extends @Nullable Object> CacheDecision peek(Asked<T> asked) {
    try {
      Found<CacheEntry> found = store.find(asked.id());
      Verdict<T> verdict = judge.judge(asked, found, Reason.ENTRY_FOUND, fence(found));
      if (verdict.hit() != null) {
        return verdict.hit().decision();
      }
      ReadThrough.Elsewhere<T> elsewhere = readThrough.look(asked);
      return elsewhere.hit() != null
          ? elsewhere.hit().decision()
          : unserved(asked, verdict.holder(), elsewhere.or(verdict.rejection()));
    } catch (RuntimeException e) {
      return failed(asked, e);
    }
  }

  /** The store failed: a miss for that reason, unless the caller wants to hear of it. */
  private CacheDecision.Miss failed(Asked<?> asked, RuntimeException failure) {
    tellFailed(asked, StoreFailedEvent.Step.DECIDE, failure);
    if (asked.options().failOnStoreFailure()) {
      throw failure;
    }
    LOG.warn(
        "The store failed to decide on {}; its task runs without it", asked.subject(), failure);
    return miss(asked, Reason.STORE_FAILED, null, failure.toString());
  }

  /** What the store would answer to each request now, without outputs; claims nothing. */
  List<CacheDecision> plan(List<Asked<?>> asked) {
    List<CacheDecision> decisions = new ArrayList<>();
    if (asked.isEmpty()) {
      return decisions; // What is off asks the store for nothing.
    }
    try {
      Map<EntryId, Found<EntryHeader>> found =
          store.findAll(asked.stream().map(Asked::id).distinct().toList());
      for (Asked<?> each : asked) {
        decisions.add(planned(each, found.getOrDefault(each.id(), Found.nothing())));
      }
      readThrough.plan(asked, decisions);
      return decisions;
    } catch (RuntimeException e) {
      return asked.stream().<CacheDecision>map(each -> failed(each, e)).toList();
    }
  }

  private CacheDecision planned(Asked<?> asked, Found<EntryHeader> found) {
    EntryHeader header = found.storedEntry();
    if (header == null) {
      return unserved(asked, found.liveHolder(), Rejection.of(found.unusable()));
    }
    Judge.Look look = judge.look(asked, header, found.readAt(), header.fence());
    return look.rejection() != null
        ? unserved(asked, found.liveHolder(), look.rejection())
        : new CacheDecision.Hit(
            asked.subject(), Reason.ENTRY_FOUND, header, null, look.signedBy(), found.readAt());
  }

  private CacheDecision unserved(
      Asked<?> asked, Found.@Nullable Holder holder, Rejection rejection) {
    return holder != null
        ? inFlight(asked, holder)
        : miss(asked, rejection.miss(), null, rejection.detail());
  }

  /** The result of an entry that another stored meanwhile; null if this caller cannot use it. */
  <T extends @Nullable Object> @Nullable Decided<T> accept(Asked<T> asked, CacheEntry entry) {
    Found<CacheEntry> now = new Found<>(entry, null, null);
    return judge.judge(asked, now, Reason.RUN_BY_ANOTHER, Judge.ANY_FENCE).hit();
  }

  CacheDecision.Miss miss(
      Asked<?> asked, Reason reason, @Nullable LeaseToken token, String detail) {
    if (token != null) {
      listener.onLeaseAcquired(asked.subject());
    }
    Instant now = settings.clock().instant();
    return new CacheDecision.Miss(
        asked.subject(),
        reason,
        token,
        reason == Reason.NO_ENTRY
            ? () -> compared(asked, earlier -> true)
            : () -> Explanation.of(reason, now, detail).leavingOut(OutOfKey.of(asked)));
  }

  private LeaseToken token(Asked<?> asked, Lease lease, LeaseToken.@Nullable Sample sample) {
    return new LeaseToken(
        lease,
        asked.subject(),
        parts(asked),
        asked.codec().schema(),
        settings.clock().instant(),
        sample);
  }

  KeyParts parts(Asked<?> asked) {
    return asked.taskKey().parts(settings.keepValues());
  }

  /** What the cache would say, and why, without claiming. */
  Explanation explain(Asked<?> asked, Predicate<Earlier> wanted) {
    CacheDecision decision = peek(asked);
    if (decision.reason() == Reason.NO_ENTRY) {
      return compared(asked, wanted);
    }
    return decision instanceof CacheDecision.Miss miss
        ? miss.explanation()
        : Explanation.of(decision.reason(), settings.clock().instant(), where(decision))
            .leavingOut(OutOfKey.of(asked));
  }

  private Explanation compared(Asked<?> asked, Predicate<Earlier> wanted) {
    return explainer.explain(asked.subject(), parts(asked), wanted).leavingOut(OutOfKey.of(asked));
  }

  private static String where(CacheDecision decision) {
    if (decision instanceof CacheDecision.Hit hit && hit.storedHeader() != null) {
      EntryHeader header = hit.storedHeader();
      return "stored at " + header.createdAt() + " by " + header.producer() + hit.origin();
    }
    return decision.message();
  }

  private static CacheDecision.InFlight inFlight(Asked<?> asked, Found.Holder holder) {
    return new CacheDecision.InFlight(
        asked.subject(), Reason.RUNNING_ELSEWHERE, holder.owner(), holder.until());
  }
}

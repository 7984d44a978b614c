package dev.taskcache;

import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.KeyParts;
import dev.taskcache.policy.NotCached;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
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
  private final ImageDigestResolver resolver;
  private final Duration leaseLength;
  private final Clock clock;
  private final Explainer explainer;
  private final boolean keepValues;

  DecisionPath(
      CacheStore store,
      ImageDigestResolver resolver,
      Duration leaseLength,
      Clock clock,
      boolean keepValues) {
    this.explainer = new Explainer(store, clock);
    this.keepValues = keepValues;
    this.store = store;
    this.resolver = resolver;
    this.leaseLength = leaseLength;
    this.clock = clock;
  }

  /** A decision with the result that a hit brings. */
  record Decided<T extends @Nullable Object>(CacheDecision decision, @Nullable T result) {}

  /**
   * What is to be done with what the store holds: nothing, because it is a hit; wait; or claim,
   * over an entry that this caller cannot use.
   */
  private record Verdict<T extends @Nullable Object>(
      @Nullable Decided<T> hit,
      Found.@Nullable Holder holder,
      Reason miss,
      @Nullable Long rejected) {}

  /**
   * May it be cached, and what is it called. Throws {@link NotCacheableException} if it may not.
   */
  <T extends @Nullable Object> Asked<T> ask(TaskRequest request, ResultCodec<T> codec) {
    return Asked.of(request, codec, KeyDerivation.derive(request, codec.schema(), resolver));
  }

  CacheDecision.Bypass bypass(TaskRequest request, NotCached finding) {
    Subject subject =
        new Subject(
            request.namespace(), request.component().displayName(), request.identity(), null);
    return new CacheDecision.Bypass(subject, finding.reason(), finding.message());
  }

  /** Find, check, claim, and wait for another's run for as long as is wanted. */
  <T extends @Nullable Object> Decided<T> decide(Asked<T> asked, Duration longestWait)
      throws InterruptedException {
    try {
      return decideByStore(asked, longestWait);
    } catch (RuntimeException e) {
      LOG.warn("The store failed to decide on {}; the task runs without it", asked.subject(), e);
      return new Decided<>(miss(asked, Reason.STORE_FAILED, null, e.toString()), null);
    }
  }

  private <T extends @Nullable Object> Decided<T> decideByStore(
      Asked<T> asked, Duration longestWait) throws InterruptedException {
    long deadline = System.nanoTime() + longestWait.toNanos();
    boolean waited = false;
    Found found = store.find(asked.id());
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Verdict<T> verdict = judge(asked, found, waited ? Reason.RUN_BY_ANOTHER : Reason.ENTRY_FOUND);
      if (verdict.hit() != null) {
        return verdict.hit();
      }
      Found.Holder holder = verdict.holder();
      if (holder != null) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return new Decided<>(inFlight(asked, holder), null);
        }
        waited = true;
        found = store.await(asked.id(), holder.fence(), Duration.ofNanos(left));
        continue;
      }
      Optional<Lease> lease =
          store.claim(asked.id(), UUID.randomUUID().toString(), leaseLength, verdict.rejected());
      if (lease.isPresent()) {
        return new Decided<>(miss(asked, verdict.miss(), lease.get(), ""), null);
      }
      found = store.find(asked.id());
    }
    throw new IllegalStateException(
        "neither an entry nor a lease after " + MOST_ROUNDS + " rounds of find and claim");
  }

  /** What the store would answer to each request now; claims nothing. */
  List<CacheDecision> plan(List<Asked<?>> asked) {
    List<CacheDecision> decisions = new ArrayList<>();
    Map<EntryId, Found> found;
    try {
      found = store.findAll(asked.stream().map(Asked::id).distinct().toList());
    } catch (RuntimeException e) {
      LOG.warn("The store failed to plan {} requests", asked.size(), e);
      asked.forEach(each -> decisions.add(miss(each, Reason.STORE_FAILED, null, e.toString())));
      return decisions;
    }
    for (Asked<?> each : asked) {
      decisions.add(planned(each, found.getOrDefault(each.id(), Found.NOTHING)));
    }
    return decisions;
  }

  private <T extends @Nullable Object> CacheDecision planned(Asked<T> asked, Found found) {
    Verdict<T> verdict = judge(asked, found, Reason.ENTRY_FOUND);
    if (verdict.hit() != null) {
      return verdict.hit().decision();
    }
    Found.Holder holder = verdict.holder();
    return holder != null ? inFlight(asked, holder) : miss(asked, verdict.miss(), null, "");
  }

  private static <T extends @Nullable Object> Verdict<T> judge(
      Asked<T> asked, Found found, Reason hitReason) {
    Reason miss = Reason.NO_ENTRY;
    Long rejected = null;
    CacheEntry entry = found.storedEntry();
    if (entry != null) {
      try {
        T result = asked.codec().decode(entry.outputs());
        CacheDecision hit = new CacheDecision.Hit(asked.subject(), hitReason, entry);
        return new Verdict<>(new Decided<>(hit, result), null, miss, null);
      } catch (InvalidRequestException e) {
        LOG.warn("The entry of {} cannot be read: {}", asked.subject(), e.getMessage());
        miss = Reason.ENTRY_UNREADABLE;
        rejected = entry.fence();
      }
    }
    return new Verdict<>(null, found.liveHolder(), miss, rejected);
  }

  <T extends @Nullable Object> CacheDecision.Miss miss(
      Asked<T> asked, Reason reason, @Nullable Lease lease, String detail) {
    LeaseToken token =
        lease == null
            ? null
            : new LeaseToken(
                lease, asked.subject(), parts(asked), asked.codec().schema(), clock.instant());
    Instant now = clock.instant();
    return new CacheDecision.Miss(
        asked.subject(),
        reason,
        token,
        reason == Reason.NO_ENTRY
            ? () -> explainer.explain(asked.subject(), parts(asked), earlier -> true)
            : () -> Explanation.of(reason, now, detail));
  }

  KeyParts parts(Asked<?> asked) {
    return asked.taskKey().parts(keepValues);
  }

  /** What the cache would say, and why, without claiming. */
  Explanation explain(Asked<?> asked, Predicate<Earlier> wanted) {
    Found found = store.find(asked.id());
    CacheEntry entry = found.storedEntry();
    if (entry == null) {
      return explainer.explain(asked.subject(), parts(asked), wanted);
    }
    String note = "stored at " + entry.createdAt() + " by " + entry.result().producer();
    return Explanation.of(Reason.ENTRY_FOUND, clock.instant(), note);
  }

  private static CacheDecision.InFlight inFlight(Asked<?> asked, Found.Holder holder) {
    return new CacheDecision.InFlight(
        asked.subject(), Reason.RUNNING_ELSEWHERE, holder.owner(), holder.until());
  }
}

package dev.taskcache;

import dev.taskcache.DecisionPath.Decided;
import dev.taskcache.event.CacheListener;
import dev.taskcache.event.VerificationEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.Found;
import dev.taskcache.store.Unusable;
import dev.taskcache.trust.SignedBy;
import dev.taskcache.trust.TrustedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whether what a store holds is good for a caller. Thread-safe. */
final class Judge {
  /** For a caller that accepts what was there before it asked. */
  static final long ANY_FENCE = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(TaskCache.class);

  private final ArtifactVerifier verifier;
  private final SignatureCheck signatures;
  private final CacheListener listener;

  Judge(ArtifactVerifier verifier, SignatureCheck signatures, CacheListener listener) {
    this.verifier = verifier;
    this.signatures = signatures;
    this.listener = listener;
  }

  /**
   * What is to be done with what the store holds: nothing, because it is a hit; wait; or claim,
   * over an entry that this caller cannot use.
   */
  record Verdict<T extends @Nullable Object>(
      @Nullable Decided<T> hit, Found.@Nullable Holder holder, Rejection rejection) {}

  /** What is known of an entry without its outputs: why it is not wanted, or who signed it. */
  record Look(@Nullable Rejection rejection, @Nullable SignedBy signedBy) {}

  /** Why there is nothing to serve, and the fence of what is there all the same. */
  record Rejection(Reason miss, String detail, @Nullable Long fence) {
    static final Rejection NOTHING_THERE = new Rejection(Reason.NO_ENTRY, "", null);

    static Rejection of(@Nullable Unusable unusable) {
      if (unusable instanceof Unusable.Expired expired) {
        return new Rejection(Reason.ENTRY_EXPIRED, "at " + expired.at(), expired.fence());
      } else if (unusable instanceof Unusable.Damaged damaged) {
        return new Rejection(Reason.ENTRY_DAMAGED, damaged.problem(), damaged.fence());
      } else if (unusable instanceof Unusable.Invalidated gone) {
        return new Rejection(Reason.INVALIDATED, "by " + gone.by() + " at " + gone.at(), null);
      }
      return NOTHING_THERE;
    }
  }

  /**
   * Judges an entry with its outputs.
   *
   * @param baseline the fence up to which a refresh rejects what it finds
   */
  <T extends @Nullable Object> Verdict<T> judge(
      Asked<T> asked, Found<CacheEntry> found, Reason hitReason, long baseline) {
    CacheEntry entry = found.storedEntry();
    if (entry == null) {
      return new Verdict<>(null, found.liveHolder(), Rejection.of(found.unusable()));
    }
    Look look = look(asked, entry.header(), found.readAt(), baseline);
    if (look.rejection() != null) {
      return new Verdict<>(null, found.liveHolder(), look.rejection());
    }
    Rejection rejection;
    try {
      T result = asked.codec().decode(entry.outputs());
      Optional<ArtifactVerifier.Fault> fault =
          verify(entry.outputs().artifacts(), asked.options().verification());
      if (fault.isEmpty()) {
        CacheDecision hit =
            CacheDecision.Hit.on(
                asked.subject(), hitReason, entry, look.signedBy(), found.readAt());
        return new Verdict<>(new Decided<>(hit, result), null, Rejection.NOTHING_THERE);
      }
      listener.onVerificationFailed(new VerificationEvent(asked.subject(), fault.get()));
      rejection = new Rejection(fault.get().reason(), fault.get().message(), entry.fence());
    } catch (InvalidRequestException e) {
      LOG.warn("The entry of {} cannot be read: {}", asked.subject(), e.getMessage());
      String problem = String.valueOf(e.getMessage());
      rejection = new Rejection(Reason.ENTRY_UNREADABLE, problem, entry.fence());
    }
    return new Verdict<>(null, found.liveHolder(), rejection);
  }

  /** Looks at an entry whatever its outputs are. */
  Look look(Asked<?> asked, EntryHeader entry, @Nullable Instant readAt, long baseline) {
    ResolvedOptions options = asked.options();
    if (options.mode() == Mode.REFRESH && entry.fence() <= baseline) {
      return rejected(Reason.REFRESH_REQUESTED, options.setting("mode").toString(), entry);
    }
    TrustedKeys.Verdict signature =
        signatures.check(entry, asked.taskKey()::outputsDigest, options.trust());
    if (signature instanceof TrustedKeys.Verdict.Distrusted distrusted) {
      return rejected(distrusted.reason(), distrusted.message(), entry);
    }
    Duration oldest = options.oldest();
    if (oldest != null && readAt != null) {
      Duration age = Duration.between(entry.createdAt(), readAt);
      if (oldest.isZero() || age.compareTo(oldest) > 0) {
        return rejected(
            Reason.ENTRY_TOO_OLD, "it is " + age + " old; " + options.setting("maxAge"), entry);
      }
    }
    return new Look(
        null, signature instanceof TrustedKeys.Verdict.Trusted trusted ? trusted.by() : null);
  }

  private static Look rejected(Reason reason, String detail, EntryHeader entry) {
    return new Look(new Rejection(reason, detail, entry.fence()), null);
  }

  private Optional<ArtifactVerifier.Fault> verify(
      List<InputValue.Artifact> artifacts, Verification level) {
    if (artifacts.isEmpty() || level == Verification.NONE) {
      return Optional.empty();
    }
    try {
      return Objects.requireNonNull(
          verifier.verify(artifacts, level), "the verifier returned null");
    } catch (RuntimeException e) {
      return Optional.of(ArtifactVerifier.Fault.unknown("the verifier failed: " + e));
    }
  }
}

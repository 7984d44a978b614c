package dev.taskcache;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.WriteOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one caller's run gives to everybody in this JVM who asked for the same key meanwhile. */
record SharedRun(
    ResolvedOptions options, CacheDecision decision, WriteOutcome write, @Nullable Object result) {

  /** A run that ended before its task began, so that whoever waits has to try for itself. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("the caller that would have run the task was interrupted");
    }
  }

  /** The outcome of another caller; empty if the result cannot be that caller's. */
  <T extends @Nullable Object> Optional<Outcome<T>> seenBy(Asked<T> asked) {
    if (decision instanceof CacheDecision.InFlight inFlight) {
      return Optional.of(
          Outcome.inFlight(
              new CacheDecision.InFlight(
                  asked.subject(), inFlight.reason(), inFlight.owner(), inFlight.until())));
    }
    if (decision instanceof CacheDecision.Hit && !options.equals(asked.options())) {
      return Optional.empty(); // What one accepts another may not: it decides for itself.
    }
    CacheEntry entry = entry();
    WriteOutcome write =
        new WriteOutcome.NotAttempted(
            "another caller in this JVM decided, and ran the task if need be");
    try {
      if (entry != null) {
        // Decoded anew: callers must not share an object that one of them may change.
        T own = asked.codec().decode(entry.outputs());
        return Optional.of(new Outcome<>(own, hit(asked, entry), write));
      }
    } catch (InvalidRequestException e) {
      return Optional.empty();
    }
    return asked
        .codec()
        .share(result)
        .map(shared -> new Outcome<>(copy(shared, asked), hit(asked, null), write));
  }

  private static <T extends @Nullable Object> T copy(T shared, Asked<T> asked) {
    try {
      return asked.codec().decode(asked.codec().encode(shared));
    } catch (InvalidRequestException e) {
      return shared;
    }
  }

  private CacheDecision hit(Asked<?> asked, @Nullable CacheEntry entry) {
    if (decision instanceof CacheDecision.Hit hit && entry != null) {
      return CacheDecision.Hit.on(
          asked.subject(), hit.reason(), entry, hit.checkedSignature(), hit.readAt());
    }
    Reason reason =
        decision instanceof CacheDecision.Hit hit ? hit.reason() : Reason.RUN_BY_ANOTHER;
    return entry == null
        ? new CacheDecision.Hit(asked.subject(), reason, null, null, null, null)
        : CacheDecision.Hit.on(asked.subject(), reason, entry, null, null);
  }

  private @Nullable CacheEntry entry() {
    if (decision instanceof CacheDecision.Hit hit) {
      return hit.entry().orElse(null);
    } else if (write instanceof WriteOutcome.Stored stored) {
      return stored.entry();
    } else if (write instanceof WriteOutcome.AlreadyStored stored) {
      return stored.entry();
    }
    return null;
  }
}

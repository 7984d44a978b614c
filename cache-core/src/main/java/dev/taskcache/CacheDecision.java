package dev.taskcache;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.store.CacheEntry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the cache says to a request, and why. {@code toString()} is one readable paragraph.
 * Immutable and thread-safe.
 */
public sealed interface CacheDecision {

  /**
   * What the decision is about.
   *
   * @return namespace, component, task and key
   */
  Subject subject();

  /**
   * Why it was made.
   *
   * @return a reason whose kind is the kind of decision
   */
  Reason reason();

  /**
   * The decision in one sentence.
   *
   * @return without the subject, without a full stop
   */
  String message();

  /**
   * The recorded outputs are there.
   *
   * @param subject what it is about
   * @param reason why
   * @param storedEntry the entry; null only where a run in this JVM that could not be stored was
   *     shared
   */
  record Hit(Subject subject, Reason reason, @Nullable CacheEntry storedEntry)
      implements CacheDecision {
    /**
     * The entry.
     *
     * @return empty only where a run in this JVM that could not be stored was shared
     */
    public Optional<CacheEntry> entry() {
      return Optional.ofNullable(storedEntry);
    }

    @Override
    public String message() {
      return storedEntry == null
          ? reason.meaning()
          : reason.meaning()
              + ", stored at "
              + storedEntry.createdAt()
              + " by "
              + storedEntry.result().producer();
    }

    @Override
    public String toString() {
      return Sentences.of("HIT", this);
    }
  }

  /**
   * The task has to run.
   *
   * @param subject what it is about
   * @param reason why
   * @param leaseToken the right to publish the result; null if nothing was claimed, because the
   *     store failed, the wait was over, or this is a plan
   * @param detail what else there is to say; may be empty
   */
  record Miss(Subject subject, Reason reason, @Nullable LeaseToken leaseToken, String detail)
      implements CacheDecision {
    /**
     * The right to publish the result.
     *
     * @return empty if nothing was claimed
     */
    public Optional<LeaseToken> token() {
      return Optional.ofNullable(leaseToken);
    }

    @Override
    public String message() {
      return detail.isEmpty() ? reason.meaning() : reason.meaning() + ": " + detail;
    }

    @Override
    public String toString() {
      return Sentences.of("MISS", this);
    }
  }

  /**
   * Somebody else runs the task now.
   *
   * @param subject what it is about
   * @param reason why
   * @param owner who runs it
   * @param until when its lease ends unless it is renewed, by the store's clock
   */
  record InFlight(Subject subject, Reason reason, String owner, Instant until)
      implements CacheDecision {
    @Override
    public String message() {
      return reason.meaning() + " (" + owner + ", until " + until + " unless it renews its lease)";
    }

    @Override
    public String toString() {
      return Sentences.of("IN FLIGHT", this);
    }
  }

  /**
   * The task runs, and the cache has no part in it: nothing is read, written or claimed.
   *
   * @param subject what it is about; without a key
   * @param reason why
   * @param message who decided and where, or what failed
   */
  record Bypass(Subject subject, Reason reason, String message) implements CacheDecision {
    @Override
    public String toString() {
      return Sentences.of("BYPASS", this);
    }
  }
}

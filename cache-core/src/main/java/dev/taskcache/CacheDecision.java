package dev.taskcache;

import com.google.common.base.Suppliers;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.Outputs;
import dev.taskcache.trust.SignedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
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
   * @param storedHeader what is known of the entry; null only where a run in this JVM that could
   *     not be stored was shared
   * @param storedOutputs the outputs; null in a plan, which does not read them, and where there is
   *     no entry
   * @param checkedSignature who signed the entry; null where no signature was checked
   * @param readAt when the entry was read, by the store's clock; null where that is not known
   */
  record Hit(
      Subject subject,
      Reason reason,
      @Nullable EntryHeader storedHeader,
      @Nullable Outputs storedOutputs,
      @Nullable SignedBy checkedSignature,
      @Nullable Instant readAt)
      implements CacheDecision {

    static Hit on(
        Subject subject,
        Reason reason,
        CacheEntry entry,
        @Nullable SignedBy by,
        @Nullable Instant readAt) {
      return new Hit(subject, reason, entry.header(), entry.outputs(), by, readAt);
    }

    /**
     * How old the entry was when it was read, by the store's clock alone.
     *
     * @return empty where there is no entry, or it was not read but given by whoever stored it
     */
    public Optional<Duration> age() {
      return storedHeader == null || readAt == null
          ? Optional.empty()
          : Optional.of(Duration.between(storedHeader.createdAt(), readAt));
    }

    /**
     * Whose results it is from: the subject's namespace, or one that it reads through to.
     *
     * @return the namespace
     */
    public String namespace() {
      return storedHeader == null ? subject.namespace() : storedHeader.id().namespace();
    }

    /**
     * Who signed the entry, with a key that is trusted.
     *
     * @return empty where no signature was checked
     */
    public Optional<SignedBy> signedBy() {
      return Optional.ofNullable(checkedSignature);
    }

    /**
     * The entry, with its outputs.
     *
     * @return empty in a plan, and where a run in this JVM that could not be stored was shared
     */
    public Optional<CacheEntry> entry() {
      return storedHeader == null || storedOutputs == null
          ? Optional.empty()
          : Optional.of(new CacheEntry(storedHeader, storedOutputs));
    }

    /**
     * What is known of the entry.
     *
     * @return empty only where a run in this JVM that could not be stored was shared
     */
    public Optional<EntryHeader> header() {
      return Optional.ofNullable(storedHeader);
    }

    @Override
    public String message() {
      if (storedHeader == null) {
        return reason.meaning();
      }
      TaskIdentity producer = storedHeader.producer();
      String by = producer.equals(TaskIdentity.UNKNOWN) ? "" : " by " + producer;
      return reason.meaning() + ", stored at " + storedHeader.createdAt() + by + origin();
    }

    /** In which other namespace it is, and who signed it. */
    String origin() {
      String where = namespace().equals(subject.namespace()) ? "" : " in " + namespace();
      return where + (checkedSignature == null ? "" : ", signed by " + checkedSignature);
    }

    @Override
    public String toString() {
      return Sentences.of("HIT", this, reason);
    }
  }

  /** The task has to run. */
  final class Miss implements CacheDecision {
    private final Subject subject;
    private final Reason reason;
    private final @Nullable LeaseToken token;
    private final Supplier<Explanation> explanation;

    Miss(
        Subject subject,
        Reason reason,
        @Nullable LeaseToken token,
        Supplier<Explanation> explanation) {
      this.subject = subject;
      this.reason = reason;
      this.token = token;
      this.explanation = Suppliers.memoize(explanation::get);
    }

    @Override
    public Subject subject() {
      return subject;
    }

    /** As the decision found it; {@link #explanation} says what differs from an earlier result. */
    @Override
    public Reason reason() {
      return reason;
    }

    /**
     * The right to publish the result.
     *
     * @return empty if nothing was claimed, because the store failed, the wait was over, or this is
     *     a plan
     */
    public Optional<LeaseToken> token() {
      return Optional.ofNullable(token);
    }

    /**
     * What differs from the nearest earlier result of the component. The first call asks the store,
     * once; no other does, and none fails.
     *
     * @return the explanation
     */
    public Explanation explanation() {
      return explanation.get();
    }

    /** The explanation; asks the store as {@link #explanation} does. */
    @Override
    public String message() {
      return explanation().toString();
    }

    @Override
    public String toString() {
      return Sentences.of("MISS", this, explanation().reason());
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
      return Sentences.of("IN FLIGHT", this, reason);
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
      return Sentences.of("BYPASS", this, reason);
    }
  }
}

package dev.taskcache.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a result: whether it was stored, and if not why. */
public sealed interface WriteOutcome {

  /** What a store itself can answer. */
  sealed interface Published extends WriteOutcome {}

  /**
   * The result is stored.
   *
   * @param entry it, as stored
   */
  record Stored(CacheEntry entry) implements Published {}

  /**
   * Another's result had been stored before; it stays, and the caller receives it.
   *
   * @param entry the stored one
   */
  record AlreadyStored(CacheEntry entry) implements Published {}

  /**
   * The lease was lost, and no result is stored yet.
   *
   * @param owner who runs the task now; null if nobody does
   * @param until when that lease ends unless it is renewed; null if nobody runs the task
   */
  record Superseded(@Nullable String owner, @Nullable Instant until) implements Published {}

  /**
   * The task was run again for comparison: the stored result stays, and the caller receives that.
   *
   * @param stored the digest of the stored outputs, 64 hexadecimal digits
   * @param rerun the digest of what the task gave now
   */
  record Compared(String stored, String rerun) implements WriteOutcome {
    /**
     * Whether both results are the same.
     *
     * @return true if the digests are equal
     */
    public boolean same() {
      return stored.equals(rerun);
    }
  }

  /**
   * The result cannot be encoded, or does not fit the declared outputs; the caller has it all the
   * same.
   *
   * @param message what and where
   */
  record NotEncodable(String message) implements WriteOutcome {}

  /**
   * The result is larger than the cache accepts; the caller has it all the same.
   *
   * @param bytes its encoded size
   * @param limit the largest size
   */
  record TooLarge(long bytes, long limit) implements WriteOutcome {}

  /**
   * The store failed; the caller has the result all the same.
   *
   * @param message what failed
   */
  record StoreFailed(String message) implements WriteOutcome {}

  /**
   * Nothing was to be written.
   *
   * @param message why
   */
  record NotAttempted(String message) implements WriteOutcome {}
}

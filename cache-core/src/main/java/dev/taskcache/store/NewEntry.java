package dev.taskcache.store;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.KeyParts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A result that is to be stored.
 *
 * @param outputs what the task produced
 * @param digest SHA-256 over the encoded outputs, 64 hexadecimal digits
 * @param bytes the size of the encoded outputs
 * @param parts what the key was made of, for later explanations
 * @param component what people call the component
 * @param producer who ran the task
 * @param duration how long the task ran; kept in whole microseconds
 * @param lifetime how long it may be served; null if for ever
 */
public record NewEntry(
    Outputs outputs,
    String digest,
    long bytes,
    KeyParts parts,
    String component,
    TaskIdentity producer,
    Duration duration,
    @Nullable Duration lifetime) {
  /** Cuts off what is finer than a microsecond: no database keeps it. */
  public NewEntry {
    duration = duration.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * The entry that it becomes.
   *
   * @param id what it is stored under
   * @param fence the number that it is published under
   * @param createdAt when, by the store's clock
   * @param expiresAt from when on it is not served; null if never
   * @return the entry
   */
  public CacheEntry storedAs(
      EntryId id, long fence, Instant createdAt, @Nullable Instant expiresAt) {
    return new CacheEntry(
        new EntryHeader(
            id, component, producer, duration, digest, bytes, createdAt, expiresAt, fence),
        outputs);
  }
}

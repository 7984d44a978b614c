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
 * @param seal signs it when it is stored; null to store it unsigned
 */
public record NewEntry(
    Outputs outputs,
    String digest,
    long bytes,
    KeyParts parts,
    String component,
    TaskIdentity producer,
    Duration duration,
    @Nullable Duration lifetime,
    @Nullable EntrySeal seal) {
  /** Cuts off what is finer than a microsecond: no database keeps it. */
  public NewEntry {
    duration = duration.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * A result that is stored unsigned.
   *
   * @param outputs what the task produced
   * @param digest SHA-256 over the encoded outputs, 64 hexadecimal digits
   * @param bytes the size of the encoded outputs
   * @param parts what the key was made of
   * @param component what people call the component
   * @param producer who ran the task
   * @param duration how long the task ran
   * @param lifetime how long it may be served; null if for ever
   */
  public NewEntry(
      Outputs outputs,
      String digest,
      long bytes,
      KeyParts parts,
      String component,
      TaskIdentity producer,
      Duration duration,
      @Nullable Duration lifetime) {
    this(outputs, digest, bytes, parts, component, producer, duration, lifetime, null);
  }

  /**
   * The same result, signed when it is stored.
   *
   * @param seal signs it; null to store it unsigned
   * @return the result
   */
  public NewEntry sealedBy(@Nullable EntrySeal seal) {
    return new NewEntry(
        outputs, digest, bytes, parts, component, producer, duration, lifetime, seal);
  }

  /**
   * Signs it, for a store that is about to write it.
   *
   * @param createdAt what the entry will say, in whole microseconds
   * @param expiresAt what the entry will say; null if it never expires
   * @return null if the result has no seal
   */
  public @Nullable EntrySignature sign(Instant createdAt, @Nullable Instant expiresAt) {
    return seal == null ? null : seal.sign(createdAt, expiresAt);
  }

  /**
   * The entry that it becomes.
   *
   * @param id what it is stored under
   * @param fence the number that it is published under
   * @param createdAt when, by the store's clock
   * @param expiresAt from when on it is not served; null if never
   * @param signature over those times; null if it is not signed
   * @return the entry
   */
  public CacheEntry storedAs(
      EntryId id,
      long fence,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable EntrySignature signature) {
    return new CacheEntry(
        new EntryHeader(
            id, component, producer, duration, digest, bytes, createdAt, expiresAt, fence,
            signature),
        outputs);
  }

  /**
   * The entry that an unsigned result becomes.
   *
   * @param id what it is stored under
   * @param fence the number that it is published under
   * @param createdAt when, by the store's clock
   * @param expiresAt from when on it is not served; null if never
   * @return the entry
   */
  public CacheEntry storedAs(
      EntryId id, long fence, Instant createdAt, @Nullable Instant expiresAt) {
    return storedAs(id, fence, createdAt, expiresAt, null);
  }
}

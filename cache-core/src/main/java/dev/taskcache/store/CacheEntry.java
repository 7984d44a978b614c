package dev.taskcache.store;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.KeyParts;
import java.time.Duration;
import java.time.Instant;

/**
 * A stored result.
 *
 * @param id what it is stored under
 * @param result the outputs, and what is known of the run that produced them
 * @param createdAt when it was stored, by the store's clock
 * @param fence the number that it was published under; a newer entry of the same id has a higher
 *     one
 */
public record CacheEntry(EntryId id, Result result, Instant createdAt, long fence) {

  /**
   * What a publisher stores.
   *
   * @param outputs the outputs
   * @param digest SHA-256 over the encoded outputs, 64 hexadecimal digits
   * @param bytes the size of the encoded outputs
   * @param parts what the key was made of
   * @param component what people call the component
   * @param producer who ran the task
   * @param duration how long the task ran
   */
  public record Result(
      Outputs outputs,
      String digest,
      long bytes,
      KeyParts parts,
      String component,
      TaskIdentity producer,
      Duration duration) {}

  /**
   * The outputs.
   *
   * @return as the producer published them
   */
  public Outputs outputs() {
    return result.outputs();
  }
}

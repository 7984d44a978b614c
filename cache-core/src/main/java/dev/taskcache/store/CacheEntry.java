package dev.taskcache.store;

import java.time.Instant;

/**
 * A stored result.
 *
 * @param header what is known of it
 * @param outputs what the task produced
 */
public record CacheEntry(EntryHeader header, Outputs outputs) {

  /**
   * What it is stored under.
   *
   * @return the header's id
   */
  public EntryId id() {
    return header.id();
  }

  /**
   * When it was stored.
   *
   * @return by the store's clock
   */
  public Instant createdAt() {
    return header.createdAt();
  }

  /**
   * The number that it was published under.
   *
   * @return the header's fence
   */
  public long fence() {
    return header.fence();
  }
}

package dev.taskcache.store;

import dev.taskcache.key.CacheKey;
import java.time.Instant;

/** Which entries of a namespace are to be invalidated. */
public sealed interface EntrySelector {

  /**
   * The entry under one key.
   *
   * @param key the key
   */
  record Key(CacheKey key) implements EntrySelector {}

  /**
   * The entries of one component.
   *
   * @param name what people call the component
   */
  record Component(String name) implements EntrySelector {}

  /**
   * What one run produced, or is producing.
   *
   * @param id the run's id
   */
  record Run(String id) implements EntrySelector {}

  /**
   * What was computed before some time.
   *
   * @param time by the store's clock
   */
  record CreatedBefore(Instant time) implements EntrySelector {}

  /**
   * What nobody was served with since some time; a task that is running is in use.
   *
   * @param time by the store's clock
   */
  record UnusedSince(Instant time) implements EntrySelector {}
}

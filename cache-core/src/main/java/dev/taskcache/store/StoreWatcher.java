package dev.taskcache.store;

import java.time.Duration;

/**
 * Is told by a store how it fares. Called on the thread of whoever asked the store, by many at
 * once; must not throw.
 */
public interface StoreWatcher {
  /**
   * The store fails too often and asks its database nothing for a while.
   *
   * @param pause for how long; then one call tries
   * @param cause what failed last
   */
  void leftAlone(Duration pause, String cause);

  /** The database answers again. */
  void answersAgain();
}

package dev.taskcache.testing;

import dev.taskcache.store.CacheStore;
import java.time.Duration;

/**
 * A real store that many tests use at once, each in namespaces of its own: what {@link TestCache}
 * needs of it beyond a store. {@code dev.taskcache.jdbc.testing.JdbcTestStore} is one for
 * databases. Implementations are thread-safe.
 */
public interface SharedStore {
  /**
   * The store.
   *
   * @return always the same, open
   */
  CacheStore store();

  /**
   * Lets time pass for everything in some namespaces. A database's own clock cannot be set, so it
   * is the times of its rows that move.
   *
   * @param namespaces how the names of these namespaces begin
   * @param step how much; back if it is negative
   */
  void elapse(String namespaces, Duration step);

  /**
   * Deletes everything in some namespaces, so that a test leaves nothing behind.
   *
   * @param namespaces how the names of these namespaces begin
   */
  void clear(String namespaces);
}

package dev.taskcache;

import org.jspecify.annotations.Nullable;

/**
 * The work that a cached call stands for.
 *
 * @param <T> what it returns
 * @param <E> what it throws; {@link RuntimeException} if nothing is declared
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object, E extends Exception> {
  /**
   * Does the work. One call of the cache runs it at most once.
   *
   * @return the result; null is a result, too
   * @throws E if the work fails: the caller, and everybody who waits in this JVM, receives that
   *     same exception, and nothing is stored
   */
  T run() throws E;
}

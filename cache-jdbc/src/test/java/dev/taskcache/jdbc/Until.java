package dev.taskcache.jdbc;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Asks again and again, for a minute at most. */
final class Until {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private Until() {}

  /** Returns when it holds. */
  static void holds(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("after a minute still not: " + what);
      }
      Thread.yield();
    }
  }

  /** The same, for a thread that can throw nothing. */
  static void unchecked(String what, Callable<Boolean> condition) {
    try {
      holds(what, condition);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.taskcache.jdbc;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often a waiter looks by itself. */
record Polling(Duration shortest, Duration longest, Duration whileListening) {
  static final Polling DEFAULT =
      new Polling(Duration.ofMillis(25), Duration.ofSeconds(1), Duration.ofSeconds(15));

  private static final double GROWTH = 1.5;
  private static final double JITTER = 0.25;

  Polling {
    if (shortest.isNegative()
        || shortest.isZero()
        || longest.compareTo(shortest) < 0
        || whileListening.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "cannot poll every "
              + shortest
              + " at first, every "
              + longest
              + " later and every "
              + whileListening
              + " while listening; give a time longer than zero, and two that are not shorter");
    }
  }

  /** How long to the next look, in nanoseconds; never twice the same, so that waiters spread. */
  long nanos(int looks, boolean listening) {
    double plain =
        listening
            ? whileListening.toNanos()
            : Math.min(longest.toNanos(), shortest.toNanos() * Math.pow(GROWTH, looks));
    return (long) (plain * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER));
  }
}

package dev.taskcache.http;

import java.time.Duration;

/** When somebody will have waited long enough. Immutable. */
record Deadline(long begun, Duration length) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static Deadline in(Duration length) {
    return new Deadline(System.nanoTime(), length);
  }

  boolean isOver() {
    return left().compareTo(SHORTEST) <= 0;
  }

  /** What is left, at least a millisecond: a client refuses to wait for nothing. */
  Duration left() {
    Duration left = length.minusNanos(System.nanoTime() - begun);
    return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
  }

  /** Refuses a time-out that nobody can keep. */
  static Duration check(Duration timeout) {
    if (timeout.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "a time-out of " + timeout + " is over at once; give a millisecond or more");
    }
    return timeout;
  }
}

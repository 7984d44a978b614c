package dev.taskcache.jdbc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a call has to be over, however many steps it takes.
 *
 * @param end by {@link System#nanoTime}
 */
record Deadline(long end) {
  private static final Duration ENDLESS = Duration.ofDays(36_500);

  /** So much later than now; a century where somebody means for ever. */
  static Deadline in(Duration time) {
    Duration most = time.compareTo(ENDLESS) > 0 ? ENDLESS : time;
    return new Deadline(System.nanoTime() + most.toNanos());
  }

  /** What is left; negative when it is over. */
  long nanosLeft() {
    return end - System.nanoTime();
  }

  /**
   * What is left, for those who count in milliseconds and take zero for no limit: rounded up, so
   * that whoever gives up then gives up in time and not before.
   */
  int millisLeft() {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanosLeft()) + 1;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
  }

  boolean isOver() {
    return nanosLeft() <= 0;
  }
}

package dev.taskcache;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long one caller waits for others' runs, and has waited. Not thread-safe. */
final class Waiting {
  private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(20);
  private static final int MOST_DOUBLINGS = 5;

  private final long begun;
  private final long deadline;
  private final boolean looks;
  private int turns;
  private long waited;

  private Waiting(long begun, Duration longest, boolean looks) {
    this.begun = begun;
    this.looks = looks;
    this.deadline = begun + TimeUnit.NANOSECONDS.convert(longest);
  }

  /** A decision that begins now, and may wait for others. */
  static Waiting upTo(Duration longest, Asked<?> asked) {
    return new Waiting(
        System.nanoTime(), asked.options().waitForRunning() ? longest : Duration.ZERO, true);
  }

  /** A decision for which another caller in this JVM was waited for, and no store asked. */
  static Waiting since(long begun) {
    Waiting waiting = new Waiting(begun, Duration.ZERO, false);
    waiting.waited = System.nanoTime() - begun;
    return waiting;
  }

  /** A decision for which nobody was asked. */
  static Waiting none() {
    return new Waiting(0, Duration.ZERO, false);
  }

  /** Waits for somebody. */
  @FunctionalInterface
  interface Turn<T> {
    T await() throws InterruptedException;
  }

  <T> T turn(Turn<T> turn) throws InterruptedException {
    long from = System.nanoTime();
    T seen = turn.await();
    waited += System.nanoTime() - from;
    turns++;
    return seen;
  }

  /**
   * The run that was waited for, if there was one, failed, or its owner died. Whoever waited tries
   * next, but not all at once, and less often the more runs fail.
   */
  void backOff() throws InterruptedException {
    if (turns > 0) {
      long longest = SHORTEST_BACK_OFF.toNanos() << Math.min(turns - 1, MOST_DOUBLINGS);
      long nap = Math.min(ThreadLocalRandom.current().nextLong(longest), Math.max(0, left()));
      TimeUnit.NANOSECONDS.sleep(nap);
      waited += nap;
    }
  }

  /** Nanoseconds since it began, without those of waiting; 0 if no store was asked. */
  long decided() {
    return looks ? System.nanoTime() - begun - waited : 0;
  }

  /** Nanoseconds. */
  long left() {
    return deadline - System.nanoTime();
  }

  /** How often somebody was waited for. */
  int turns() {
    return turns;
  }

  /** Nanoseconds. */
  long waited() {
    return waited;
  }
}

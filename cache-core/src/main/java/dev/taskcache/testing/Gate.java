package dev.taskcache.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds calls of a {@link FaultyStore} until the test opens it, for good. Thread-safe. */
public final class Gate {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  Gate() {}

  /**
   * Returns when a call is held, or was.
   *
   * @throws IllegalStateException if none came within a minute
   */
  public void awaitCall() {
    await(reached, "no call came to the gate");
  }

  /** Lets all calls go on, those that come later too. */
  public void open() {
    open.countDown();
  }

  void pass() {
    reached.countDown();
    await(open, "nobody opened the gate that holds this call");
  }

  private static void await(CountDownLatch latch, String problem) {
    try {
      if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(problem + " within " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem + " before this thread was interrupted", e);
    }
  }
}

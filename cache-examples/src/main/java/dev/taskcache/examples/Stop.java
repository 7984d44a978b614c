package dev.taskcache.examples;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the thread that made it when the JVM is told to end, as by SIGTERM, and lets it come to its
 * end. Close it on that thread.
 */
final class Stop implements AutoCloseable {
  private static final long LONGEST_END_SECONDS = 5;

  private final Thread stopped = Thread.currentThread();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread atExit = new Thread(this::stop);

  Stop() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private void stop() {
    asked.countDown();
    stopped.interrupt();
    try {
      if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        return; // It hangs; the JVM ends all the same.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Work that fails since the JVM closes under it what it works on was stopped. */
  <T> T watched(Work<T> work) throws InterruptedException {
    try {
      return work.call();
    } catch (RuntimeException e) {
      if (asked.getCount() > 0) {
        throw e;
      }
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
  }

  /** What may be stopped. */
  interface Work<T> {
    T call() throws InterruptedException;
  }

  /** Waits that long. */
  void await(Duration duration) throws InterruptedException {
    if (asked.await(Math.max(1, duration.toMillis()), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }
}

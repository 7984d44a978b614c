package dev.taskcache.version;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on the caller's executor for which several callers wait, none of them longer than a time
 * after it was begun; then it is interrupted. Thread-safe.
 */
final class Attempt<T> {
  private final FutureTask<T> task;
  private final long limitNanos;
  private final long begun = System.nanoTime();

  Attempt(Duration limit, Callable<T> work) {
    this.task = new FutureTask<>(work);
    this.limitNanos = limit.toNanos();
  }

  /** Whoever made it starts it, with no lock held: the executor may be the caller's thread. */
  void start(Executor executor) {
    try {
      executor.execute(task);
    } catch (RuntimeException e) { // Rejected: nobody would ever run it.
      task.cancel(false);
    }
  }

  /** Whether there is nothing more to wait for; work whose time is over is interrupted. */
  boolean isDone() {
    if (!task.isDone() && System.nanoTime() - begun >= limitNanos) {
      task.cancel(true);
    }
    return task.isDone();
  }

  /**
   * The result.
   *
   * @throws TimeoutException if there is none in time, or the executor refused the work
   */
  T get() throws ExecutionException, TimeoutException, InterruptedException {
    try {
      long left = limitNanos - (System.nanoTime() - begun);
      return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw e;
    } catch (CancellationException e) {
      throw (TimeoutException) new TimeoutException().initCause(e);
    }
  }
}

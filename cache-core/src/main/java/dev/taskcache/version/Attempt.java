package dev.taskcache.version;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Work on the caller's executor for which several callers wait, none of them longer than a time
 * after it was begun; then it is interrupted. Thread-safe.
 */
final class Attempt<T> {
  private final FutureTask<T> task;
  private final long limitNanos;
  private final long begunAt;
  private final AtomicBoolean started = new AtomicBoolean();
  private final long begun = System.nanoTime();
  private volatile @Nullable RuntimeException refusal;

  /**
   * Work that is to be started.
   *
   * @param begunAt at which reading of the ticker, for {@link #mayRepeat}
   */
  Attempt(Duration limit, long begunAt, Callable<T> work) {
    this.task = new FutureTask<>(work);
    this.limitNanos = limit.toNanos();
    this.begunAt = begunAt;
  }

  /**
   * Starts it, unless another caller did. Called with no lock held: the executor may be the
   * caller's thread.
   */
  void start(Executor executor) {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(task);
    } catch (RuntimeException e) { // Nobody would ever run it.
      refusal = e;
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

  /** Whether it is over, has no result, and was begun that long ago. */
  boolean mayRepeat(long now, Duration pause) {
    return failure() != null && now - begunAt >= pause.toNanos();
  }

  /** Why it is over and has no result; null if it has one, or is not over. */
  @Nullable Throwable failure() {
    if (!isDone()) {
      return null;
    }
    try {
      get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      return e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  /**
   * The result.
   *
   * @throws TimeoutException if there is none in time
   * @throws ExecutionException if the work threw, or the executor refused it
   */
  T get() throws ExecutionException, TimeoutException, InterruptedException {
    try {
      long left = limitNanos - (System.nanoTime() - begun);
      return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw e;
    } catch (CancellationException e) {
      if (refusal != null) {
        throw new ExecutionException(
            new IllegalStateException(
                "the executor refused the work; give one that is open and has room", refusal));
      }
      throw (TimeoutException) new TimeoutException().initCause(e);
    }
  }
}

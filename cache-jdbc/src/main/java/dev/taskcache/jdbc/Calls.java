package dev.taskcache.jdbc;

import dev.failsafe.CircuitBreaker;
import dev.taskcache.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a store: within its deadline, again where that is safe, and not at all while the
 * database is known to be down. Thread-safe.
 */
final class Calls {
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final Duration deadline;
  private final @Nullable Executor executor;
  private final CircuitBreaker<Object> breaker;

  Calls(Duration deadline, @Nullable Executor executor, CircuitBreaker<Object> breaker) {
    this.deadline = deadline;
    this.executor = executor;
    this.breaker = breaker;
  }

  /** One try, with what is left of the time. */
  @FunctionalInterface
  interface Try<T> {
    T run(Duration left) throws SQLException;
  }

  <T> T call(String what, Try<T> once) {
    if (!breaker.tryAcquirePermit()) {
      throw new StoreException(
          "the store failed too often, and is not asked to "
              + what
              + " before "
              + breaker.getRemainingDelay()
              + " are over");
    }
    try {
      T result = executor == null ? tries(once) : within(once, executor);
      breaker.recordSuccess();
      return result;
    } catch (SQLException e) {
      breaker.recordFailure();
      throw new StoreException("the store cannot " + what + ": " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      breaker.recordFailure();
      throw e;
    }
  }

  /** On the caller's executor, so that waiting for a connection counts, too. */
  private <T> T within(Try<T> once, Executor on) throws SQLException {
    FutureTask<T> task = new FutureTask<>(() -> tries(once));
    on.execute(task);
    try {
      return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new SQLException("no answer within " + deadline, e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private <T> T tries(Try<T> once) throws SQLException {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      try {
        return once.run(left);
      } catch (SQLException e) {
        boolean again = Dialect.isConnectionLost(e) || Dialect.isConflict(e);
        if (!again || System.nanoTime() >= end) {
          throw e;
        }
        pause(end);
      }
    }
  }

  private static void pause(long end) throws SQLException {
    long millis = 1 + ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS);
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(0, Math.min(millis, left)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted between two tries", e);
    }
  }
}

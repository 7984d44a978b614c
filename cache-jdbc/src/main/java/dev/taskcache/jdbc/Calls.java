package dev.taskcache.jdbc;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.failsafe.CircuitBreaker;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.StoreWatcher;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a store: within its deadline, again where that is safe, and not at all while the
 * database is known to be down. An interrupt does not cut a call short, and is not lost: whoever
 * was interrupted may be giving up a lease. Thread-safe.
 */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST_DOUBLINGS = 5;
  private static final int FAILURE_PERCENT = 50;
  private static final int FEWEST_CALLS = 4;
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final Duration time;
  private final @Nullable Executor executor;
  private final CircuitBreaker<Object> breaker;
  private final List<StoreWatcher> watchers = new CopyOnWriteArrayList<>();
  private volatile String lastFailure = "";

  /**
   * Calls with a time and a pause.
   *
   * @param time the longest that one may take
   * @param executor what runs them; null for the caller's thread
   * @param pause how long the database is left alone after too many failures
   */
  Calls(Duration time, @Nullable Executor executor, Duration pause) {
    this.time = time;
    this.executor = executor;
    this.breaker =
        CircuitBreaker.builder()
            .withFailureRateThreshold(FAILURE_PERCENT, FEWEST_CALLS, WINDOW)
            .withDelay(pause)
            .withSuccessThreshold(1) // One call tries, not four.
            .onOpen(opened -> opened(pause))
            .onClose(closed -> closed())
            .build();
  }

  private void opened(Duration pause) {
    LOG.warn("The store fails too often; it is left alone for {}", pause);
    watchers.forEach(watcher -> watcher.leftAlone(pause, lastFailure));
  }

  private void closed() {
    LOG.info("The store answers again");
    watchers.forEach(StoreWatcher::answersAgain);
  }

  Runnable watch(StoreWatcher watcher) {
    StoreWatcher one = new Watching(watcher);
    watchers.add(one);
    return () -> watchers.remove(one);
  }

  /** One watching, so that two of equal watchers end one by one. */
  private static final class Watching implements StoreWatcher {
    private final StoreWatcher told;

    Watching(StoreWatcher told) {
      this.told = told;
    }

    @Override
    public void leftAlone(Duration pause, String cause) {
      told.leftAlone(pause, cause);
    }

    @Override
    public void answersAgain() {
      told.answersAgain();
    }
  }

  /** One try. */
  @FunctionalInterface
  interface Try<T> {
    T run(Deadline deadline) throws SQLException;
  }

  <T> T call(String what, Try<T> once) {
    if (!breaker.tryAcquirePermit()) {
      throw new StoreException(
          "the store failed too often, at last because "
              + lastFailure
              + "; it is not asked to "
              + what
              + " before "
              + breaker.getRemainingDelay()
              + " are over");
    }
    Deadline deadline = Deadline.in(time);
    try {
      T result = executor == null ? tries(deadline, once) : within(deadline, once, executor);
      breaker.recordSuccess();
      return result;
    } catch (SQLException e) {
      if (Dialect.isAnswer(e)) {
        breaker.recordSuccess();
      } else {
        failed(e);
      }
      throw new StoreException("the store cannot " + what + ": " + Dialect.problem(e), e);
    } catch (RuntimeException e) {
      failed(e);
      throw new StoreException("the store cannot " + what + ": " + e.getMessage(), e);
    } catch (Error e) {
      failed(e);
      throw e;
    }
  }

  private void failed(Throwable failure) {
    lastFailure = String.valueOf(failure.getMessage());
    breaker.recordFailure();
  }

  /** On the caller's executor, so that waiting for a connection counts, too. */
  @SuppressWarnings("NullAway") // Guava gives what the task gave.
  private <T> T within(Deadline deadline, Try<T> once, Executor on) throws SQLException {
    FutureTask<T> task = new FutureTask<>(() -> tries(deadline, once));
    on.execute(task);
    try {
      return Uninterruptibles.getUninterruptibly(task, deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new SQLTimeoutException("no answer within " + time, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private static <T> T tries(Deadline deadline, Try<T> once) throws SQLException {
    for (int failures = 0; ; failures++) {
      try {
        return once.run(deadline);
      } catch (SQLException e) {
        boolean again = Dialect.isConnectionLost(e) || Dialect.isConflict(e);
        if (!again || deadline.isOver()) {
          throw e;
        }
        pause(failures, deadline);
      }
    }
  }

  /** Longer each time: a server that is starting must not be kept busy with refusing. */
  private static void pause(int failures, Deadline deadline) {
    long longest = FIRST_PAUSE << Math.min(failures, MOST_DOUBLINGS);
    long nanos = ThreadLocalRandom.current().nextLong(longest);
    Uninterruptibles.sleepUninterruptibly(
        Math.max(0, Math.min(nanos, deadline.nanosLeft())), TimeUnit.NANOSECONDS);
  }
}

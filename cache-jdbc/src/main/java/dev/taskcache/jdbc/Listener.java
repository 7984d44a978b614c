package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for results on one connection, in one task of the caller's executor, while somebody
 * waits. Where it cannot, it says so, and waiters poll. Thread-safe.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  // Whoever waits for the next task of a pipeline should find it still listening.
  private static final long LINGER = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST_CLOSE = TimeUnit.SECONDS.toNanos(2);

  private final ListenConnections connections;
  private final Executor executor;
  private final Subscriptions subscriptions = new Subscriptions();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.IDLE;
  private long since = System.nanoTime();
  private boolean closed;

  private enum State {
    IDLE,
    STARTING,
    LISTENING,
    /** Nobody waits any more, but the connection is still there. */
    STOPPING,
    /** Tried and failed; tried again after a while. */
    FAILED,
    /** Cannot ever work on this data source. */
    USELESS
  }

  Listener(ListenConnections connections, Executor executor) {
    this.connections = connections;
    this.executor = executor;
  }

  Subscriptions.Subscription subscribe(EntryId id, Runnable told) {
    return subscriptions.add(id, told);
  }

  boolean isListening() {
    lock.lock();
    try {
      return state == State.LISTENING;
    } finally {
      lock.unlock();
    }
  }

  /** Starts to listen if need be; false if that does not work, so that the waiter has to poll. */
  boolean awaitListening(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (isStartable()) {
          start();
        } else if (left > 0 && (state == State.STARTING || state == State.STOPPING)) {
          left = changed.awaitNanos(left);
        } else {
          return state == State.LISTENING;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isStartable() {
    return !closed
        && (state == State.IDLE
            || (state == State.FAILED && System.nanoTime() - since > RETRY_AFTER));
  }

  private void start() {
    become(State.STARTING);
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.warn("The executor takes no task that listens for results, so waiters poll", e);
      become(State.FAILED);
    }
  }

  private void become(State next) {
    lock.lock();
    try {
      state = next;
      since = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    if (lock.isHeldByCurrentThread()) {
      LOG.warn(
          "The executor runs the task that listens for results on the waiter's own thread, so"
              + " waiters poll; give one with threads of its own");
      become(State.FAILED);
      return;
    }
    try {
      boolean able = connections.listen(new Ear());
      become(able ? State.IDLE : State.USELESS);
    } catch (SQLException | RuntimeException | NoClassDefFoundError e) {
      LOG.warn("Listening for results failed, so waiters poll for a while", e);
      become(State.FAILED);
    }
    subscriptions.tellAll();
  }

  /** What the connection tells. */
  private final class Ear implements ListenConnections.Ear {
    private long lastWaiter = System.nanoTime();

    @Override
    public void listening() {
      become(State.LISTENING);
    }

    @Override
    public void told(String payload) {
      subscriptions.tell(payload);
    }

    /** Not unless nobody came meanwhile. */
    @Override
    public boolean isOver() {
      lock.lock();
      try {
        long now = System.nanoTime();
        if (!subscriptions.isEmpty()) {
          lastWaiter = now;
        }
        boolean over = closed || now - lastWaiter > LINGER;
        if (over) {
          become(State.STOPPING);
        }
        return over;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Stops listening, and waits a little for the connection to be given back. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      long left = LONGEST_CLOSE;
      while (left > 0 && (state == State.LISTENING || state == State.STOPPING)) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}

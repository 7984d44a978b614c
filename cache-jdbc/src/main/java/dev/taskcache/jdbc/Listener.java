package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for results on one connection of PostgreSQL's, in one task of the caller's executor,
 * while somebody waits. Where it cannot, it says so, and waiters poll. Thread-safe.
 */
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  private static final int LONGEST_BLOCK_MILLIS = 500;
  // Whoever waits for the next task of a pipeline should find it still listening.
  private static final long LINGER = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(5);

  private final DataSource dataSource;
  private final String channel;
  private final Executor executor;
  private final ConcurrentHashMap<String, Set<Subscription>> subscriptions =
      new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.IDLE;
  private long since = System.nanoTime();

  private enum State {
    IDLE,
    STARTING,
    LISTENING,
    /** Tried and failed; tried again after a while. */
    FAILED,
    /** Cannot ever work on this data source. */
    USELESS
  }

  Listener(DataSource dataSource, String channel, Executor executor) {
    this.dataSource = dataSource;
    this.channel = channel;
    this.executor = executor;
  }

  /** One waiter's wish to be told of an id. */
  final class Subscription implements AutoCloseable {
    private final String payload;
    private final Runnable told;

    private Subscription(String payload, Runnable told) {
      this.payload = payload;
      this.told = told;
    }

    @Override
    public void close() {
      subscriptions.computeIfPresent(
          payload,
          (key, told) -> {
            told.remove(this);
            return told.isEmpty() ? null : told;
          });
    }
  }

  Subscription subscribe(EntryId id, Runnable told) {
    Subscription subscription =
        new Subscription(Awaited.payload(Parameters.keyBytes(id.key())), told);
    subscriptions.compute(
        subscription.payload,
        (key, before) -> {
          Set<Subscription> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(subscription);
          return all;
        });
    return subscription;
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
      if (state == State.IDLE
          || (state == State.FAILED && System.nanoTime() - since > RETRY_AFTER)) {
        start();
      }
      while (state == State.STARTING && left > 0) {
        left = changed.awaitNanos(left);
      }
      return state == State.LISTENING;
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    become(State.STARTING);
    try {
      executor.execute(this::listen);
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

  private void listen() {
    try (Connection connection = dataSource.getConnection()) {
      if (!canListen(connection)) {
        become(State.USELESS);
        return;
      }
      execute(connection, "LISTEN " + channel);
      try {
        become(State.LISTENING);
        receive(connection.unwrap(PGConnection.class));
      } finally {
        if (!connection.isClosed()) {
          execute(connection, "UNLISTEN " + channel);
        }
      }
    } catch (SQLException | RuntimeException | NoClassDefFoundError e) {
      LOG.warn("Listening for results failed, so waiters poll for a while", e);
      become(State.FAILED);
    }
    wakeAll();
  }

  /**
   * Whether the server's process that this connection says it talks to is the one that answers.
   * Where it is not, a pooler such as PgBouncer is between the two, and hands each transaction to
   * another process: none would be told of anything.
   */
  private boolean canListen(Connection connection) throws SQLException {
    if (!connection.isWrapperFor(PGConnection.class)) {
      LOG.info("The driver is not PostgreSQL's own, so waiters poll");
      return false;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      boolean direct = row.getInt(1) == connection.unwrap(PGConnection.class).getBackendPID();
      if (!direct) {
        LOG.info("A pooler is between the store and its database, so waiters poll");
      }
      return direct;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void receive(PGConnection connection) throws SQLException {
    long lastWaiter = System.nanoTime();
    while (true) {
      PGNotification[] notifications = connection.getNotifications(LONGEST_BLOCK_MILLIS);
      if (notifications != null) {
        for (PGNotification each : notifications) {
          tell(subscriptions.get(each.getParameter()));
        }
      }
      if (!subscriptions.isEmpty()) {
        lastWaiter = System.nanoTime();
      } else if (System.nanoTime() - lastWaiter > LINGER && stop()) {
        return;
      }
    }
  }

  /** Stops unless somebody came meanwhile. */
  private boolean stop() {
    lock.lock();
    try {
      if (subscriptions.isEmpty()) {
        become(State.IDLE);
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void wakeAll() {
    subscriptions.values().forEach(Listener::tell);
  }

  private static void tell(@Nullable Set<Subscription> told) {
    if (told != null) {
      told.forEach(each -> each.told.run());
    }
  }
}

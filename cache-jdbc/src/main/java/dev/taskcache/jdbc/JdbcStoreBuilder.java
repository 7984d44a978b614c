package dev.taskcache.jdbc;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link JdbcStore} needs. Not thread-safe. */
public final class JdbcStoreBuilder {
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(5);

  private final @Nullable DataSource given;
  private final @Nullable StoreUrl url;
  TableName table = new TableName(null, TableName.DEFAULT_PREFIX);
  Duration deadline = DEFAULT_DEADLINE;
  Duration pause = DEFAULT_PAUSE;
  Polling polling = Polling.DEFAULT;
  @Nullable Executor deadlineExecutor;
  @Nullable Executor listenExecutor;
  @Nullable ScheduledExecutorService scheduler;

  JdbcStoreBuilder(DataSource given) {
    this.given = given;
    this.url = null;
  }

  JdbcStoreBuilder(StoreUrl url) {
    this.given = null;
    this.url = url;
  }

  /** A data source, and what the store has to close of it. */
  record Source(DataSource dataSource, @Nullable AutoCloseable opened) {}

  Source source() {
    if (url == null) {
      return new Source(Objects.requireNonNull(given), null);
    }
    DataSource opened = url.open(deadline);
    return new Source(opened, opened instanceof AutoCloseable pool ? pool : null);
  }

  /**
   * Sets the schema that the tables are in; the first one of the connection's search path unless
   * set.
   *
   * @param schema at most 40 lower-case letters, digits and underscores; not for SQLite
   * @return this builder
   * @throws IllegalArgumentException if the name has anything else
   */
  public JdbcStoreBuilder schema(String schema) {
    table = new TableName(schema, table.prefix());
    return this;
  }

  /**
   * Sets how the names of the tables begin; {@code taskcache_} unless set.
   *
   * @param prefix at most 40 lower-case letters, digits and underscores
   * @return this builder
   * @throws IllegalArgumentException if the prefix has anything else
   */
  public JdbcStoreBuilder prefix(String prefix) {
    table = new TableName(table.schema(), prefix);
    return this;
  }

  /**
   * Sets the longest time that a call may take, {@code await} apart; five seconds unless set. How
   * long the data source may wait for a connection counts only with {@link #deadlineExecutor};
   * otherwise it comes on top, so set it at the data source. A store from a URL waits as long as
   * the deadline.
   *
   * @param deadline longer than zero
   * @return this builder
   */
  public JdbcStoreBuilder deadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "no call ends within a deadline of " + deadline + "; give more than zero");
    }
    this.deadline = deadline;
    return this;
  }

  /**
   * Sets how long the database is left alone after it failed too often; five seconds unless set.
   * That is: of at least four calls within 30 seconds half or more ended without an answer. Then
   * one call tries, and if it is answered all do again.
   *
   * @param pause longer than zero
   * @return this builder
   */
  public JdbcStoreBuilder pauseAfterFailures(Duration pause) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "a database that is down is asked all the time with a pause of "
              + pause
              + "; give more than zero");
    }
    this.pause = pause;
    return this;
  }

  /**
   * Sets what runs the calls, so that their deadline counts all of it, also the wait for a
   * connection. Costs a change of threads for each call.
   *
   * @param executor the caller's, with as many threads as there are calls at a time
   * @return this builder
   */
  public JdbcStoreBuilder deadlineExecutor(Executor executor) {
    this.deadlineExecutor = executor;
    return this;
  }

  /**
   * Sets what listens for results while somebody waits: one task at a time, which holds one
   * connection. On PostgreSQL only; unless it is set, waiters poll.
   *
   * @param executor the caller's
   * @return this builder
   */
  public JdbcStoreBuilder listenExecutor(Executor executor) {
    this.listenExecutor = executor;
    return this;
  }

  /**
   * Sets what writes down, now and then, which entries were served; unless it is set that is done
   * when the store is closed.
   *
   * @param scheduler the caller's
   * @return this builder
   */
  public JdbcStoreBuilder scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    return this;
  }

  /**
   * Sets how often a waiter looks by itself. Where it listens it looks only when the lease that it
   * waits for should have ended, and at this longest interval.
   *
   * @param shortest the first interval; 25 milliseconds unless set
   * @param longest the interval that it grows to; one second unless set
   * @param whileListening the interval while it listens, too; 15 seconds unless set
   * @return this builder
   * @throws IllegalArgumentException if the first is not longer than zero, or another is shorter
   */
  public JdbcStoreBuilder polling(Duration shortest, Duration longest, Duration whileListening) {
    polling = new Polling(shortest, longest, whileListening);
    return this;
  }

  /**
   * Builds the store. Connects to nothing: which database it is, is found out with the first call.
   *
   * @return the store
   */
  public JdbcStore build() {
    return new JdbcStore(this);
  }
}

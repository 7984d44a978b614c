package dev.taskcache.jdbc;

import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Purge;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.ReuseStops;
import dev.taskcache.store.Statistics;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.StoreWatcher;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one table of a database: PostgreSQL, what is compatible with it, or a file of SQLite.
 * Any number of processes may share it.
 *
 * <p>{@link #schema} makes the table; nothing here does so by itself. Every call but {@link #await}
 * ends within a deadline, is tried again where the database says that it did nothing or the
 * connection was lost, and fails with a {@link StoreException}. A database that fails too often is
 * left alone for a while. On PostgreSQL, CockroachDB and YugabyteDB each call borrows one
 * connection of the data source; of SQLite's file two are kept open. Thread-safe.
 */
public final class JdbcStore implements CacheStore {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  private static final long FLUSH_SECONDS = 30;
  // SQLite's clock shows milliseconds, and fences that it gave within one go beyond it.
  private static final long CLOCK_STEP = 1_000;

  private final DataSource dataSource;
  private final @Nullable AutoCloseable opened;
  private final TableName table;
  private final Duration deadline;
  private final Calls calls;
  private final Backend backend;
  private final Questions questions;
  private final Stops stops;
  private final Counts counts;
  private final @Nullable Listener listener;
  private final Waits waits;
  private final UseCounts uses = new UseCounts();
  private final @Nullable ScheduledFuture<?> flushing;

  JdbcStore(JdbcStoreBuilder builder) {
    JdbcStoreBuilder.Source source = builder.source();
    dataSource = source.dataSource();
    opened = source.opened();
    table = builder.table;
    deadline = builder.deadline;
    calls = new Calls(deadline, builder.deadlineExecutor, builder.pause);
    backend = new Backend(dataSource, table);
    questions = new Questions(calls, backend);
    stops = new Stops(questions, this::invalidate);
    counts = new Counts(questions);
    listener =
        builder.listenExecutor == null
            ? null
            : new Listener(
                new ListenConnections(dataSource, backend, table.channel(), deadline),
                builder.listenExecutor);
    waits = new Waits(new Looks(), builder.polling, listener);
    flushing =
        builder.scheduler == null
            ? null
            : builder.scheduler.scheduleWithFixedDelay(
                this::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Begins a store over a data source of the caller's, who closes it after the store.
   *
   * @param dataSource gives connections in auto-commit mode that are in no transaction
   * @return a builder
   */
  public static JdbcStoreBuilder builder(DataSource dataSource) {
    return new JdbcStoreBuilder(dataSource);
  }

  /**
   * Begins a store from a URL alone. What it opens, the store closes: for PostgreSQL a pool of
   * HikariCP's, which has to be among the host's jars.
   *
   * @param url for instance {@code jdbc:sqlite:/var/cache/tasks.db}, or {@code
   *     jdbc:postgresql://host/database?user=…&password=…}
   * @return a builder
   * @throws IllegalArgumentException if it is no such URL; what may be a password is not shown
   */
  public static JdbcStoreBuilder builder(String url) {
    return new JdbcStoreBuilder(new StoreUrl(url));
  }

  /**
   * The tables that the store needs.
   *
   * @return what makes and checks them
   */
  public JdbcSchema schema() {
    return new JdbcSchema(dataSource, table, Migrations.OURS);
  }

  /**
   * Looks whether the database answers and has what the store needs, and counts its rows, in one
   * pass over the table. Changes nothing.
   *
   * @return what it found; never an exception for a database that does not answer
   */
  public StoreCheck check() {
    return new Checkup(dataSource, table).run();
  }

  @Override
  public Found<CacheEntry> find(EntryId id) {
    return read("find an entry", (session, sql) -> Finds.find(session, sql, id));
  }

  @Override
  public Map<EntryId, Found<EntryHeader>> findAll(Collection<EntryId> ids) {
    Map<EntryId, Found<EntryHeader>> found = new LinkedHashMap<>();
    ids.forEach(id -> found.put(id, Found.nothing()));
    for (List<EntryId> chunk : Finds.chunks(found.keySet())) {
      found.putAll(read("find entries", (session, sql) -> Finds.chunk(session, sql, chunk)));
    }
    return found;
  }

  @Override
  public Optional<Earlier> summary(EntryId id) {
    return read("look up an entry", (session, sql) -> Finds.summary(session, sql, id));
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    return read(
        "look up earlier entries",
        (session, sql) -> Finds.earlier(session, sql, namespace, component, most));
  }

  @Override
  public Optional<Lease> claim(EntryId id, Claim claim) {
    return write("claim a lease", (session, sql) -> Leases.claim(session, sql, id, claim));
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    return write("renew a lease", (session, sql) -> Leases.renew(session, sql, lease, length));
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    return write(
        "publish a result", (session, sql) -> Publishes.publish(session, sql, lease, result));
  }

  /**
   * What publishes in a transaction of the host's, so that its own state and the result become
   * visible together; those who wait are told when it is committed.
   *
   * <p>A publish that fails leaves the transaction as it was before, and throws. One that is rolled
   * back leaves the lease as it was: publish again, or abandon it.
   *
   * <p>The deadline is that of the statements, in whole seconds: a connection whose network falls
   * silent is the host's to give up. On SQLite whoever else writes meanwhile, this store among
   * them, waits for the host's transaction to end.
   *
   * @param connection a connection to the store's database that is not in auto-commit mode; it is
   *     neither committed nor closed
   * @return for one thread, while the transaction lasts
   * @throws IllegalArgumentException if the connection is in auto-commit mode
   */
  public ResultPublisher in(Connection connection) {
    TransactionPublisher.refuseAutoCommit(connection);
    return new TransactionPublisher(connection, backend, deadline);
  }

  @Override
  public WriteOutcome.Published publishUnleased(EntryId id, NewEntry result, Duration age) {
    return write(
        "publish a result",
        (session, sql) -> Publishes.publishUnleased(session, sql, id, result, age));
  }

  @Override
  public boolean abandon(Lease lease) {
    return write("give a lease back", (session, sql) -> Leases.abandon(session, sql, lease));
  }

  @Override
  public int abandonAll(String namespace, String run) {
    return write(
        "give a run's leases back",
        (session, sql) -> Leases.abandonAll(session, sql, namespace, run));
  }

  @Override
  public Found<CacheEntry> await(EntryId id, long fence, Duration timeout)
      throws InterruptedException {
    return waits.await(id, fence, timeout);
  }

  @Override
  public void used(EntryId id) {
    uses.add(id);
  }

  @Override
  public long invalidate(String namespace, EntrySelector selector, String by) {
    if (selector instanceof EntrySelector.UnusedSince) {
      flush(); // What was served lately is not unused.
    }
    long moment =
        write("invalidate entries", (session, sql) -> Batches.mark(session, sql, namespace, by));
    if (selector instanceof EntrySelector.Key key) {
      // One statement: whatever is there then is what it means.
      Batches.Invalidation one = new Batches.Invalidation(namespace, selector, by, Long.MAX_VALUE);
      byte[] only = Parameters.keyBytes(key.key());
      return write(
          "invalidate an entry", (session, sql) -> one.run(session, sql, Batches.FIRST, only));
    }
    Batches.Invalidation invalidation =
        new Batches.Invalidation(namespace, selector, by, moment + CLOCK_STEP);
    long[] hit = {0};
    eachBatch(
        (after, end) ->
            hit[0] +=
                write(
                    "invalidate entries",
                    (session, sql) -> invalidation.run(session, sql, after, end)));
    return hit[0];
  }

  @Override
  public Purge.Purged purge(Purge purge) {
    flush(); // What was served lately is not unused.
    long[] gone = {0, 0};
    eachBatch(
        (after, end) -> {
          Purge.Purged batch =
              write(
                  "purge entries",
                  (session, sql) -> Batches.purge(session, sql, purge, after, end));
          gone[0] += batch.entries();
          gone[1] += batch.leases();
        });
    counts.purge();
    return new Purge.Purged(gone[0], gone[1]);
  }

  @Override
  public ReuseStops stops() {
    return stops;
  }

  @Override
  public Statistics statistics() {
    return counts;
  }

  @Override
  public Runnable watch(StoreWatcher watcher) {
    return calls.watch(watcher);
  }

  private void eachBatch(BiConsumer<byte[], byte[]> batch) {
    byte[] after = Batches.FIRST;
    while (!Arrays.equals(after, StoreSql.LAST_KEY)) {
      byte[] from = after;
      byte[] end = read("read keys", (session, sql) -> Batches.end(session, sql, from));
      batch.accept(from, end);
      after = end;
    }
  }

  /** Writes down which entries were served, and what was counted. Never fails. */
  private void flush() {
    uses.flush(
        batch ->
            write(
                "count uses",
                (session, sql) -> {
                  session.updateAll(sql.used, batch.stream().map(UseCounts.Use::binder).toList());
                  return true;
                }));
    counts.flush();
  }

  private <T> T read(String what, Backend.Work<T> work) {
    return questions.read(what, work);
  }

  private <T> T write(String what, Backend.Work<T> work) {
    return questions.write(what, work);
  }

  private final class Looks implements Waits.Looks {
    @Override
    public Waits.Seen look(Waits.Awaiting awaiting) {
      return read("look at a lease", (session, sql) -> StoreLooks.look(session, sql, awaiting));
    }

    @Override
    public Waits.Seen mark(Waits.Awaiting awaiting) {
      return write("await a lease", (session, sql) -> StoreLooks.mark(session, sql, awaiting));
    }
  }

  /**
   * Writes down what was counted, and closes what the store opened: the pool of a store from a URL,
   * the connections to a file of SQLite. Leases that are held stay as they are.
   */
  @Override
  public void close() {
    if (flushing != null) {
      flushing.cancel(false);
    }
    flush();
    if (listener != null) {
      listener.close();
    }
    backend.close();
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (Exception e) {
      LOG.warn("The store's pool could not be closed", e);
    }
  }
}

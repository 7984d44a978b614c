package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.TaskCache;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link JdbcStore#in}: a host's own rows and our entry become visible together, or not at all. */
class HostTransactionTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";
  private static final String POSTGRESQL = "dev.taskcache.jdbc.TestDatabase#postgresql";

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static JdbcStore store(TestDatabase database) throws SQLException {
    return store(database, Duration.ofSeconds(5));
  }

  private static JdbcStore store(TestDatabase database, Duration deadline) throws SQLException {
    JdbcStore store = JdbcStore.builder(database.dataSource()).deadline(deadline).build();
    store.schema().migrate();
    database.execute("CREATE TABLE host_task (name varchar(9), state varchar(9))");
    return store;
  }

  private static LeaseToken decide(TaskCache cache) {
    return ((CacheDecision.Miss) cache.decide(Samples.named(1))).token().orElseThrow();
  }

  private static void done(Connection host) throws SQLException {
    try (Statement statement = host.createStatement()) {
      statement.execute("INSERT INTO host_task VALUES ('train', 'done')");
    }
  }

  private static Connection begin(TestDatabase database) throws SQLException {
    Connection host = database.dataSource().getConnection();
    host.setAutoCommit(false);
    return host;
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bothAreCommittedTogether(TestDatabase database) throws Exception {
    try (JdbcStore store = store(database);
        TaskCache cache = TaskCache.builder(store).build();
        Connection host = begin(database)) {
      LeaseToken token = decide(cache);
      done(host);

      WriteOutcome outcome = cache.publish(token, Samples.text("x"), store.in(host));

      assertThat(outcome).isInstanceOf(WriteOutcome.Stored.class);
      assertThat(cache.peek(Samples.named(1))).isInstanceOf(CacheDecision.InFlight.class);
      assertThat(database.query("SELECT state FROM host_task")).isEmpty();
      host.commit();
      assertThat(((CacheDecision.Hit) cache.peek(Samples.named(1))).storedOutputs())
          .isEqualTo(Samples.text("x"));
      assertThat(database.query("SELECT state FROM host_task")).containsExactly("done");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bothAreRolledBackTogetherAndTheLeaseStays(TestDatabase database) throws Exception {
    try (JdbcStore store = store(database);
        TaskCache cache = TaskCache.builder(store).build();
        Connection host = begin(database)) {
      LeaseToken token = decide(cache);
      done(host);
      cache.publish(token, Samples.text("x"), store.in(host));

      host.rollback();

      assertThat(cache.peek(Samples.named(1))).isInstanceOf(CacheDecision.InFlight.class);
      assertThat(database.query("SELECT state FROM host_task")).isEmpty();
      assertThat(cache.publish(token, Samples.text("y"))).isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aPublishThatFailsLeavesTheTransactionAsItWas(TestDatabase database) throws Exception {
    try (JdbcStore store = store(database);
        TaskCache cache = TaskCache.builder(store).build();
        Connection host = begin(database)) {
      LeaseToken token = decide(cache);
      refuseWrites(database);
      done(host);

      assertThat(cache.publish(token, Samples.text("x"), store.in(host)))
          .isInstanceOf(WriteOutcome.StoreFailed.class);
      ResultPublisher publisher = store.in(host);
      assertThatThrownBy(() -> publisher.publish(token.lease(), Samples.result("x")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the store cannot publish a result")
          .hasMessageContaining("no_entry");

      done(host);
      host.commit();
      assertThat(database.query("SELECT state FROM host_task")).containsExactly("done", "done");
      assertThat(cache.peek(Samples.named(1))).isInstanceOf(CacheDecision.InFlight.class);
    }
  }

  private static void refuseWrites(TestDatabase database) throws SQLException {
    database.execute(
        database.database() == Database.SQLITE
            ? "CREATE TRIGGER no_entry BEFORE UPDATE ON taskcache_entry"
                + " BEGIN SELECT RAISE(ABORT, 'no_entry'); END"
            : "ALTER TABLE taskcache_entry ADD CONSTRAINT no_entry CHECK (payload IS NULL)");
  }

  /** The network's timeout would end the connection, and the host's transaction with it. */
  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void aPublishThatWaitsForALockGivesUpAndTheTransactionGoesOn(TestDatabase database)
      throws Exception {
    try (JdbcStore store = store(database, Duration.ofSeconds(1));
        Connection other = begin(database);
        Connection host = begin(database)) {
      Lease lease = Samples.lease(store, Samples.newId());
      try (Statement statement = other.createStatement()) {
        statement.execute("SELECT 1 FROM taskcache_entry FOR UPDATE");
      }
      done(host);
      ResultPublisher publisher = store.in(host);

      Future<?> publishing = threads.submit(() -> publisher.publish(lease, Samples.result("x")));

      assertThatThrownBy(() -> publishing.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreException.class);
      host.commit();
      assertThat(database.query("SELECT state FROM host_task")).containsExactly("done");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whoeverWaitsIsToldAfterTheCommit(TestDatabase database) throws Exception {
    AtomicBoolean committing = new AtomicBoolean();
    try (JdbcStore store = store(database);
        JdbcStore other =
            JdbcStore.builder(database.dataSource())
                .listenExecutor(threads)
                .polling(Duration.ofMillis(1), Duration.ofMillis(9), Duration.ofHours(1))
                .build();
        Connection host = begin(database)) {
      Lease lease = Samples.lease(store, Samples.newId());
      Future<Found<CacheEntry>> waiting =
          threads.submit(
              () -> {
                Found<CacheEntry> found =
                    other.await(lease.id(), lease.fence(), Duration.ofSeconds(55));
                assertThat(committing).isTrue();
                return found;
              });
      if (database.database().listens()) {
        Until.holds(
            "the row is awaited",
            () -> !database.query("SELECT 1 FROM taskcache_entry WHERE awaited").isEmpty());
      }
      store.in(host).publish(lease, Samples.result("x"));
      assertThat(other.find(lease.id()).entry()).isEmpty();
      assertThat(waiting.isDone()).isFalse();

      committing.set(true);
      host.commit();

      assertThat(waiting.get(60, TimeUnit.SECONDS).entry()).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aConnectionInAutoCommitModeIsRefused(TestDatabase database) throws Exception {
    try (JdbcStore store = store(database);
        Connection host = database.dataSource().getConnection()) {
      assertThatThrownBy(() -> store.in(host))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("auto-commit mode")
          .hasMessageContaining("setAutoCommit(false)");

      host.setAutoCommit(false);
      ResultPublisher publisher = store.in(host);
      host.setAutoCommit(true);
      Lease lease = Samples.lease(store, Samples.newId());
      assertThatThrownBy(() -> publisher.publish(lease, Samples.result("x")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(store.find(lease.id()).entry()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aPublishUnderALostLeaseSaysSo(TestDatabase database) throws Exception {
    try (JdbcStore store = store(database);
        Connection host = begin(database)) {
      Lease lease = Samples.lease(store, Samples.newId());
      store.abandon(lease);
      done(host);

      assertThat(store.in(host).publish(lease, Samples.result("x")))
          .isEqualTo(new WriteOutcome.Superseded(null, null));
      host.commit();
      assertThat(database.query("SELECT state FROM host_task")).containsExactly("done");
    }
  }
}

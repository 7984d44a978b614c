package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import dev.taskcache.store.StoreException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That every call ends, whatever the network does. How soon is said nowhere: machines differ. */
class DeadlinesTest {
  private static final Duration DEADLINE = Duration.ofMillis(200);
  private static final Duration ENDLESS = Duration.ofMinutes(10);
  private static final int ENDED_SECONDS = 30;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TestDatabase database =
      TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
  private final Lease lease;

  DeadlinesTest() {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
      lease = Samples.lease(store, Samples.newId());
    }
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    database.close();
  }

  private static HikariDataSource poolOf(String url, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(2);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(patience.toMillis());
    return new HikariDataSource(config);
  }

  /** Both, closed in the one order in which the pool need not wait for a login. */
  private record Line(PostgresProxy proxy, HikariDataSource pool) implements AutoCloseable {
    static Line to(TestDatabase database, Duration patience) throws IOException {
      PostgresProxy proxy = new PostgresProxy(database);
      return new Line(proxy, poolOf(proxy.url(), patience));
    }

    @Override
    public void close() throws IOException {
      proxy.close();
      pool.close();
    }
  }

  /** Within its deadline, which is short for a machine that is busy. */
  private boolean answers(JdbcStore store) {
    try {
      return store.find(lease.id()) != null;
    } catch (StoreException e) {
      return false;
    }
  }

  private void assertEndsWithFailure(JdbcStore store, EveryCall call) throws Exception {
    Future<Object> running = threads.submit(() -> call.run(store, lease));
    assertThatThrownBy(() -> running.get(ENDED_SECONDS, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @EnumSource
  void withoutAnExecutorAConnectionThatFellSilentEndsTheCall(EveryCall call) throws Exception {
    try (Line line = Line.to(database, ENDLESS);
        JdbcStore store = JdbcStore.builder(line.pool()).deadline(DEADLINE).build()) {
      Until.holds("it answers", () -> answers(store));
      line.proxy().fallSilent();

      assertEndsWithFailure(store, call);

      line.proxy().speak();
      Until.holds("a new connection answers", () -> answers(store));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withAnExecutorTheWaitForAConnectionCounts(EveryCall call) throws Exception {
    try (Line line = Line.to(database, ENDLESS);
        JdbcStore store =
            JdbcStore.builder(line.pool()).deadline(DEADLINE).deadlineExecutor(threads).build()) {
      line.proxy().fallSilent();

      assertEndsWithFailure(store, call);
    }
  }

  @Test
  void withAnExecutorAPoolThatIsUsedUpEndsTheCall() throws Exception {
    try (HikariDataSource pool = poolOf(database.url(), ENDLESS);
        Connection one = pool.getConnection();
        Connection two = pool.getConnection();
        JdbcStore store =
            JdbcStore.builder(pool).deadline(DEADLINE).deadlineExecutor(threads).build()) {
      assertThat(one).isNotSameAs(two);
      assertEndsWithFailure(store, EveryCall.FIND);
    }
  }

  @Test
  void anExecutorThatNeverComesToItEndsTheCall() throws Exception {
    try (JdbcStore store =
        JdbcStore.builder(database.dataSource())
            .deadline(DEADLINE)
            .deadlineExecutor(task -> {})
            .build()) {
      assertEndsWithFailure(store, EveryCall.FIND);
    }
  }

  @Test
  void anExecutorThatTakesNothingIsAFailureOfTheStore() {
    ExecutorService shutDown = Executors.newSingleThreadExecutor();
    shutDown.shutdown();
    try (JdbcStore store =
        JdbcStore.builder(database.dataSource()).deadlineExecutor(shutDown).build()) {
      assertThatThrownBy(() -> store.find(lease.id()))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("the store cannot find an entry");
    }
  }

  /** The second statement of a call has what the first one left, not the same again. */
  @Test
  void aStatementThatWaitsForALockEndsTheCall() throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        JdbcStore store = JdbcStore.builder(database.dataSource()).deadline(DEADLINE).build()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE taskcache_entry IN ACCESS EXCLUSIVE MODE");

      assertEndsWithFailure(store, EveryCall.PUBLISH);
    }
  }

  /** They used to queue behind the one that finds out which database it is. */
  @Test
  void manyFirstCallsEndTogether() throws Exception {
    try (Line line = Line.to(database, Duration.ofSeconds(1))) {
      line.proxy().fallSilent();
      try (JdbcStore store =
          JdbcStore.builder(line.pool()).deadline(Duration.ofSeconds(1)).build()) {
        List<Future<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          calls.add(threads.submit(() -> store.find(lease.id())));
        }
        for (Future<Object> each : calls) {
          assertThatThrownBy(() -> each.get(ENDED_SECONDS, TimeUnit.SECONDS))
              .hasCauseInstanceOf(StoreException.class);
        }
      }
    }
  }

  @Test
  void closingEndsThoughUsesCannotBeWrittenDown() throws Exception {
    try (Line line = Line.to(database, ENDLESS)) {
      JdbcStore store = JdbcStore.builder(line.pool()).deadline(DEADLINE).build();
      store.used(lease.id());
      Until.holds("it answers", () -> answers(store));
      line.proxy().fallSilent();

      assertThat(threads.submit(store::close).get(ENDED_SECONDS, TimeUnit.SECONDS)).isNull();
    }
  }

  /** Whoever was interrupted may be giving a lease back. */
  @ParameterizedTest
  @EnumSource(TestKind.class)
  void anInterruptedThreadCanGiveItsLeaseBack(TestKind kind) throws Exception {
    try (TestDatabase here = kind.open();
        JdbcStore store =
            kind.executor
                ? JdbcStore.builder(here.dataSource()).deadlineExecutor(threads).build()
                : JdbcStore.builder(here.dataSource()).build()) {
      store.schema().migrate();
      EntryId id = Samples.newId();
      Lease held = Samples.lease(store, id);
      Thread.currentThread().interrupt();

      boolean abandoned = store.abandon(held);

      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
      assertThat(abandoned).isTrue();
      assertThat(store.find(id).holder()).isEmpty();
    }
  }

  private enum TestKind {
    SQLITE(false),
    SQLITE_WITH_EXECUTOR(true),
    POSTGRESQL(false),
    POSTGRESQL_WITH_EXECUTOR(true);

    private final boolean executor;

    TestKind(boolean executor) {
      this.executor = executor;
    }

    TestDatabase open() {
      return name().startsWith("SQLITE")
          ? TestDatabase.sqlite()
          : TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A store behind a pooler that hands out transactions. */
class PgBouncerTest {
  @BeforeEach
  void isInstalled() {
    assumeTrue(TestPgBouncer.isInstalled(), TestPgBouncer.MISSING);
  }

  private static JdbcStoreBuilder builder(TestDatabase database, HikariDataSource pool) {
    return JdbcStore.builder(pool).schema(((TestPostgres) database).schema());
  }

  private static TestDatabase database() {
    return TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }

  @Test
  void waitersPoll() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestDatabase database = database();
        TestPgBouncer bouncer = new TestPgBouncer(database);
        HikariDataSource pool = pool(bouncer.url(database));
        JdbcStore owner = builder(database, pool).build()) {
      CountingDataSource counted = new CountingDataSource(pool);
      migrate(database);
      EntryId id = Samples.newId();
      Lease lease = Samples.lease(owner, id);
      try (JdbcStore store =
          JdbcStore.builder(counted.dataSource())
              .schema(((TestPostgres) database).schema())
              .listenExecutor(threads)
              .polling(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofHours(1))
              .build()) {
        Future<Found<CacheEntry>> waiting =
            threads.submit(() -> store.await(id, lease.fence(), Duration.ofSeconds(55)));
        Until.holds("it looks twice", () -> counted.statements().size() > 2);

        owner.publish(lease, Samples.result("x"));

        assertThat(waiting.get(60, TimeUnit.SECONDS).entry()).isPresent();
        assertThat(counted.statements()).noneMatch(sql -> sql.startsWith("LISTEN"));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * What one client prepares is not there for the next, or worse, something else is by that name.
   */
  @Test
  void nothingIsPreparedForLater() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (TestDatabase database = database();
        TestPgBouncer bouncer = new TestPgBouncer(database);
        HikariDataSource pool = pool(bouncer.url(database));
        JdbcStore store = builder(database, pool).build()) {
      assertThatThrownBy(store.schema()::migrate)
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("migrate over a connection to the server itself");
      migrate(database);
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 15; round++) {
                    EntryId id = Samples.newId();
                    CacheEntry entry = Samples.stored(store, id, "round " + round);
                    Found<CacheEntry> found = store.find(id);
                    assertThat(found.entry()).as("%s", found).contains(entry);
                  }
                  return null;
                }));
      }
      for (Future<Void> each : clients) {
        each.get(60, TimeUnit.SECONDS);
      }
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.unwrap(PGConnection.class).getPrepareThreshold())
            .as("as it came")
            .isEqualTo(5);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void migrate(TestDatabase database) {
    JdbcSchema.of(database.dataSource()).in(((TestPostgres) database).schema()).migrate();
  }
}

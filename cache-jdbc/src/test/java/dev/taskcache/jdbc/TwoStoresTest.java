package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Purge;
import dev.taskcache.store.StoreException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two stores in one database do not meet, and two objects for one store do. */
class TwoStoresTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";
  private static final String POSTGRESQL = "dev.taskcache.jdbc.TestDatabase#postgresql";
  private static final EntryId ID = Samples.newId();

  private static void assertDoNotMeet(JdbcStore one, JdbcStore other) {
    one.schema().migrate();
    other.schema().migrate();
    CacheEntry entry = Samples.stored(one, ID, "one");

    assertThat(other.find(ID).entry()).isEmpty();
    assertThat(other.earlier(Samples.NAMESPACE, "train", 8)).isEmpty();
    CacheEntry others = Samples.stored(other, ID, "other");
    assertThat(other.invalidate(Samples.NAMESPACE, new EntrySelector.Run("run"), "me")).isOne();
    assertThat(other.purge(new Purge(Duration.ZERO, Duration.ZERO)).leases()).isOne();
    assertThat(one.find(ID).entry()).contains(entry);
    assertThat(others.outputs()).isNotEqualTo(entry.outputs());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void withTwoPrefixes(TestDatabase database) throws Exception {
    try (JdbcStore one = JdbcStore.builder(database.dataSource()).build();
        JdbcStore other = JdbcStore.builder(database.dataSource()).prefix("other_").build()) {
      assertDoNotMeet(one, other);
    }
    assertThat(database.query("SELECT run FROM taskcache_entry")).containsExactly("run");
    assertThat(database.query("SELECT run FROM other_entry")).as("a marker").containsOnlyNulls();
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void inTwoSchemas(TestDatabase database) throws Exception {
    String schema = ((TestPostgres) database).schema() + "_2";
    try (JdbcStore one = JdbcStore.builder(database.dataSource()).build();
        JdbcStore other = JdbcStore.builder(database.dataSource()).schema(schema).build()) {
      assertDoNotMeet(one, other);
    } finally {
      database.execute("DROP SCHEMA " + schema + " CASCADE");
    }
  }

  @Test
  void sqliteHasNoSchemas() throws Exception {
    try (TestDatabase database = TestDatabase.sqlite();
        JdbcStore store = JdbcStore.builder(database.dataSource()).schema("any").build()) {
      assertThatThrownBy(() -> store.find(ID))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("SQLite has no schemas");
    }
  }

  /** Channels are the whole database's, so that each store has one of its own. */
  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void notificationsDoNotMeet(TestDatabase database) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountingDataSource counted = new CountingDataSource(database.dataSource());
    try (JdbcStore one = JdbcStore.builder(database.dataSource()).build();
        JdbcStore other = JdbcStore.builder(database.dataSource()).prefix("other_").build();
        JdbcStore waiter =
            JdbcStore.builder(counted.dataSource())
                .listenExecutor(threads)
                .polling(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1))
                .build()) {
      one.schema().migrate();
      other.schema().migrate();
      Lease lease = Samples.lease(one, ID);
      Lease same = Samples.lease(other, ID);
      database.execute("UPDATE other_entry SET awaited = true"); // So that it notifies, too.
      Future<Found<CacheEntry>> waiting =
          threads.submit(() -> waiter.await(ID, lease.fence(), Duration.ofSeconds(55)));
      Until.holds(
          "the row is awaited",
          () -> !database.query("SELECT 1 FROM taskcache_entry WHERE awaited").isEmpty());
      counted.forget();

      other.publish(same, Samples.result("other"));
      one.publish(lease, Samples.result("one"));

      assertThat(waiting.get(60, TimeUnit.SECONDS).entry().orElseThrow().outputs())
          .isEqualTo(Samples.text("one"));
      assertThat(counted.statements()).as("looks").hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }
}

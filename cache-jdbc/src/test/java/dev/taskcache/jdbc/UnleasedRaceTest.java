package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A publish without a lease while its namespace is declared invalid. */
class UnleasedRaceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BLOCKED =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database() AND query LIKE '%taskcache_entry%'";

  // Of its own: the JVM's common pool may have one thread, which the first of two would keep.
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** The other transaction holds the publish up after it has looked for invalidations. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void whatWasComputedBeforeIsNotServedAfter(TestDatabase database) throws Exception {
    EntryId id = Samples.newId();
    try (JdbcStore store = JdbcStore.builder(database.url()).deadline(PATIENCE).build();
        Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      store.schema().migrate();
      other.setAutoCommit(false);
      statement.execute(
          "INSERT INTO taskcache_entry (key, namespace, fence) VALUES ('"
              + "k1:' || decode('%s', 'hex'), '%s', 1)"
                  .formatted(id.key().toString().substring(3), id.namespace()));

      CompletableFuture<WriteOutcome.Published> publish =
          CompletableFuture.supplyAsync(
              () -> store.publishUnleased(id, Samples.result("1"), Duration.ZERO), threads);
      Until.holds("the publish waits", () -> blocked(database) == 1);
      EntrySelector all = new EntrySelector.Key(id.key());
      CompletableFuture<Long> invalidation =
          CompletableFuture.supplyAsync(
              () -> store.invalidate(id.namespace(), all, "somebody"), threads);
      Until.holds(
          "the invalidation waits, or is over",
          () -> invalidation.isDone() || blocked(database) == 2);
      other.rollback();

      invalidation.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(publish.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(WriteOutcome.Stored.class);
      assertThat(store.find(id).entry()).as("what was computed before").isEmpty();
    }
  }

  private static int blocked(TestDatabase database) throws Exception {
    return Integer.parseInt(database.query(BLOCKED).get(0));
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.jdbc.StoreCheck.Access;
import dev.taskcache.jdbc.StoreCheck.Counts;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** {@link JdbcStore#check}: what is there, and what is wrong with it. */
class StoreCheckTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";

  private static EntryId id(int number) {
    return new EntryId("n", CacheKey.parse("k1:" + "%064x".formatted(number)));
  }

  private static void claim(JdbcStore store, EntryId id, Duration length) {
    assertThat(store.claim(id, new Claim("owner", length, null, "c", "run"))).isPresent();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void countsRowsOfEachKind(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      store.schema().migrate();
      claim(store, id(1), Duration.ofMinutes(1));
      claim(store, id(2), Duration.ofMinutes(-1));
      claim(store, id(3), Duration.ofMinutes(1));
      store.invalidate("n", new EntrySelector.Key(id(3).key()), "test");
      database.execute(
          "UPDATE taskcache_entry SET entry_fence = 1, expires_at = 1 WHERE invalidated_at IS NULL"
              + " AND lease_until = (SELECT max(lease_until) FROM taskcache_entry)");

      StoreCheck check = store.check();

      assertThat(check.problems()).isEmpty();
      assertThat(check.isHealthy()).isTrue();
      assertThat(check.schemaVersion()).isEqualTo(Migrations.OURS.newest().toString());
      assertThat(check.access()).isEqualTo(Access.WRITER);
      assertThat(check.counts()).isEqualTo(new Counts(3, 3, 0, 1, 1, 1, 2));
      assertThat(check.clockAhead().abs()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void namesTheConstraintAndTheRowsThatItLetIn(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      store.schema().migrate();
      database.execute(
          "ALTER TABLE taskcache_entry DROP CONSTRAINT taskcache_entry_key",
          "INSERT INTO taskcache_entry (key, namespace, fence) SELECT 'k', 'n', 1"
              + " FROM generate_series(1, 28)");

      StoreCheck check = store.check();

      assertThat(check.counts()).extracting(Counts::duplicates).isEqualTo(27L);
      assertThat(check.problems())
          .anyMatch(problem -> problem.contains("taskcache_entry_key"))
          .anyMatch(problem -> problem.contains("27 rows beyond the first"));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void saysThatThereIsNoSchema(TestDatabase database) {
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      StoreCheck check = store.check();

      assertThat(check.reachable()).isTrue();
      assertThat(check.counts()).isNull();
      assertThat(check.problems()).singleElement().asString().contains("migrate()");
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none");
    try (JdbcStore store = JdbcStore.builder(nowhere).build()) {
      StoreCheck check = store.check();

      assertThat(check.reachable()).isFalse();
      assertThat(check.isHealthy()).isFalse();
      assertThat(check.problems()).singleElement().asString().startsWith("not reachable: ");
    }
  }
}

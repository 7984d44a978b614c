package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A row that somebody else wrote to, or wrote in a way that this version does not know. */
class DamagedEntriesTest {

  /**
   * How a row is damaged, and what the miss says of it.
   *
   * @param sqlite in SQLite's words
   * @param postgresql in PostgreSQL's
   */
  private record Damage(String sqlite, String postgresql, String message) {
    static Damage same(String assignment, String message) {
      return new Damage(assignment, assignment, message);
    }

    String sql(Database database) {
      return "UPDATE taskcache_entry SET " + (database == Database.SQLITE ? sqlite : postgresql);
    }
  }

  private static final List<Damage> DAMAGES =
      List.of(
          Damage.same("payload = NULL", "it is not there"),
          new Damage(
              "payload = x'02' || substr(payload, 2)",
              "payload = set_byte(payload, 0, 2)",
              "it has version 2, and this code reads version 1"),
          new Damage(
              "payload = CAST(substr(payload, 1, 1) AS BLOB)",
              "payload = substr(payload, 1, 1)",
              "it is cut off: it has 1 bytes"),
          new Damage(
              "payload = CAST(substr(payload, 1, length(payload) - 1) AS BLOB)",
              "payload = substr(payload, 1, length(payload) - 1)",
              "it was altered"),
          new Damage(
              "payload = CAST(replace(CAST(payload AS TEXT), 'first', 'other') AS BLOB)",
              "payload = overlay(payload placing 'other'::bytea from position('first' in payload))",
              "it was altered: its digest is not"),
          new Damage(
              "output_digest = zeroblob(32)",
              "output_digest = decode(repeat('00', 32), 'hex')",
              "it was altered: its digest is not " + "00".repeat(32)),
          Damage.same("output_digest = NULL", "it was altered: its digest is not "));

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void isAMissThatSaysWhatIsWrongAndIsReplaced(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build();
        TaskCache cache = TaskCache.builder(store).build()) {
      store.schema().migrate();
      for (Damage damage : DAMAGES) {
        database.execute("DELETE FROM taskcache_entry");
        run(cache, "first");
        database.execute(damage.sql(database.database()));

        Outcome<Outputs> again = run(cache, "second");

        assertThat(again.decision().reason()).as("%s", damage).isEqualTo(Reason.ENTRY_DAMAGED);
        Explanation explanation = ((CacheDecision.Miss) again.decision()).explanation();
        assertThat(explanation.toString())
            .contains(damage.message())
            .contains(((CacheDecision.Miss) again.decision()).subject().key().toString());
        assertThat(again.write()).isInstanceOf(WriteOutcome.Stored.class);
        assertThat(run(cache, "third").value()).isEqualTo(Samples.text("second"));
        assertThat(database.query("SELECT count(*) FROM taskcache_entry")).containsExactly("1");
      }
    }
  }

  private static Outcome<Outputs> run(TaskCache cache, String text) throws Exception {
    return cache.getOrRun(Samples.named(1), () -> Samples.text(text));
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void damagedPartsCostTheExplanationAndNothingElse(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build();
        TaskCache cache = TaskCache.builder(store).build()) {
      store.schema().migrate();
      run(cache, "first");
      assertThat(explanation(cache)).contains("epochs");
      String cut = database.database() == Database.SQLITE ? "x'0100'" : "'\\x0100'";
      database.execute("UPDATE taskcache_entry SET parts = " + cut);

      assertThat(run(cache, "second").value()).isEqualTo(Samples.text("first"));
      assertThat(explanation(cache)).doesNotContain("epochs");
    }
  }

  /** Of a task that differs from the stored one in one input. */
  private static String explanation(TaskCache cache) {
    CacheDecision.Miss miss = (CacheDecision.Miss) cache.peek(Samples.named(2));
    assertThat(miss.reason()).isEqualTo(Reason.NO_ENTRY);
    return miss.explanation().toString();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void whatIsTooLargeIsNotStoredAndNobodyWaitsForIt(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build();
        TaskCache cache = TaskCache.builder(store).maxOutputBytes(1_000).build()) {
      store.schema().migrate();

      Outcome<Outputs> outcome = run(cache, "x".repeat(1_000));

      assertThat(outcome.write()).isEqualTo(new WriteOutcome.TooLarge(1_009, 1_000));
      assertThat(outcome.value()).isEqualTo(Samples.text("x".repeat(1_000)));
      assertThat(database.query("SELECT payload FROM taskcache_entry")).containsOnlyNulls();
      assertThat(run(cache, "small").write()).isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  /** Far more than a page, and than one packet. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void whatIsLargeIsStoredCompressed(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build();
        TaskCache cache = TaskCache.builder(store).build()) {
      store.schema().migrate();
      String large = "0123456789 ".repeat(300_000);

      run(cache, large);

      assertThat(run(cache, "again").value()).isEqualTo(Samples.text(large));
      int bytes =
          Integer.parseInt(database.query("SELECT length(payload) FROM taskcache_entry").get(0));
      assertThat(bytes).isLessThan(large.length() / 100);
    }
  }
}

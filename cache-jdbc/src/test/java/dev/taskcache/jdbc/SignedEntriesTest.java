package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Purge;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.trust.SignedBy;
import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import java.security.KeyPair;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed rows that somebody with other rights than keys has written to. */
class SignedEntriesTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";
  private static final KeyPair PAIR = Keys.pair();
  private static final byte[] SECRET = Keys.secret();

  private record Writer(Signer signer, TrustedKeys keys) {}

  private static final List<Writer> WRITERS =
      List.of(
          new Writer(
              Signer.hmac("ours", "us", SECRET),
              TrustedKeys.builder().hmac("ours", SECRET).build()),
          new Writer(
              Signer.ed25519("ours", "us", PAIR.getPrivate()),
              TrustedKeys.builder().ed25519("ours", PAIR.getPublic()).build()));

  private static JdbcStore open(TestDatabase database) {
    JdbcStore store = JdbcStore.builder(database.dataSource()).build();
    store.schema().migrate();
    return store;
  }

  private static TaskCacheBuilder cache(JdbcStore store, Writer writer) {
    return TaskCache.builder(store).sign(writer.signer()).trust(writer.keys());
  }

  private static Outcome<Outputs> run(TaskCache cache, TaskRequest request, String text)
      throws InterruptedException {
    return cache.getOrRun(request, () -> Samples.text(text));
  }

  /** Of entry 1; entry 2 is another signed one of the same writer's. */
  private static final List<String> FORGERIES =
      List.of(
          "created_at = created_at + 1",
          "created_at = created_at - 1",
          "expires_at = expires_at + 1",
          "expires_at = NULL",
          "expires_at = expires_at + 1, created_at = created_at + 1",
          // Outputs of another task, with all that makes them look intact.
          "(payload, output_digest, output_bytes) = (SELECT payload, output_digest, output_bytes"
              + " FROM taskcache_entry WHERE run = 'run 2')",
          "(payload, output_digest, output_bytes, created_at, expires_at, signature) ="
              + " (SELECT payload, output_digest, output_bytes, created_at, expires_at, signature"
              + " FROM taskcache_entry WHERE run = 'run 2')",
          "signature = (SELECT signature FROM taskcache_entry WHERE run = 'run 2')");

  @ParameterizedTest
  @MethodSource(ALL)
  void anAlteredRowIsAMissAndReplaced(TestDatabase database) throws Exception {
    TaskRequest request = Samples.named(1);
    for (Writer writer : WRITERS) {
      try (JdbcStore store = open(database);
          TaskCache cache = cache(store, writer).entriesExpireAfter(Duration.ofDays(1)).build()) {
        for (String forgery : FORGERIES) {
          database.execute("DELETE FROM taskcache_entry");
          run(cache, request, "ours");
          run(cache, Samples.named(2), "another");
          assertThat(cache.peek(request).reason()).isEqualTo(Reason.ENTRY_FOUND);
          database.execute("UPDATE taskcache_entry SET " + forgery + " WHERE run = 'run 1'");

          assertThat(cache.plan(List.of(request)).get(0).reason())
              .as(forgery)
              .isEqualTo(Reason.WRONGLY_SIGNED);
          Outcome<Outputs> again = run(cache, request, "again");

          assertThat(again.decision().reason()).as(forgery).isEqualTo(Reason.WRONGLY_SIGNED);
          assertThat(((CacheDecision.Miss) again.decision()).message()).contains("us (key ours)");
          assertThat(again.write()).as(forgery).isInstanceOf(WriteOutcome.Stored.class);
          Outcome<Outputs> third = run(cache, request, "third");
          assertThat(third.value()).isEqualTo(Samples.text("again"));
          assertThat(((CacheDecision.Hit) third.decision()).signedBy())
              .contains(new SignedBy("us", "ours"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anAlteredPayloadIsDamagedAlready(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        TaskCache cache = cache(store, WRITERS.get(0)).build()) {
      run(cache, Samples.named(1), "ours");
      run(cache, Samples.named(2), "another");
      database.execute(
          "UPDATE taskcache_entry SET payload ="
              + " (SELECT payload FROM taskcache_entry WHERE run = 'run 2') WHERE run = 'run 1'");

      assertThat(cache.peek(Samples.named(1)).reason()).isEqualTo(Reason.ENTRY_DAMAGED);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRowWithoutASignatureOrWithHalfOfOneIsAMiss(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        TaskCache cache = cache(store, WRITERS.get(0)).build()) {
      run(cache, Samples.named(1), "ours");
      database.execute("UPDATE taskcache_entry SET signature = substr(signature, 1, 20)");
      assertThat(cache.peek(Samples.named(1)).reason()).isEqualTo(Reason.WRONGLY_SIGNED);
      database.execute("UPDATE taskcache_entry SET signature = substr(signature, 1, 0)");
      assertThat(cache.peek(Samples.named(1)).reason()).isEqualTo(Reason.WRONGLY_SIGNED);
      database.execute("UPDATE taskcache_entry SET signature = NULL");
      assertThat(cache.peek(Samples.named(1)).reason()).isEqualTo(Reason.NOT_SIGNED);
      assertThat(run(cache, Samples.named(1), "again").write())
          .isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRowOfAnotherNamespaceOrKeyIsAMiss(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        TaskCache cache = cache(store, WRITERS.get(0)).build()) {
      run(cache, Samples.named(1), "ours");
      TaskRequest elsewhere = Samples.in("elsewhere", 1);
      database.execute("UPDATE taskcache_entry SET namespace = 'elsewhere'");
      assertThat(cache.peek(elsewhere).reason()).isEqualTo(Reason.WRONGLY_SIGNED);

      run(cache, Samples.named(1), "ours");
      run(cache, Samples.named(2), "another");
      database.execute(
          "DELETE FROM taskcache_entry WHERE namespace = 'elsewhere'",
          "UPDATE taskcache_entry SET namespace = 'aside' WHERE run = 'run 2'",
          "UPDATE taskcache_entry SET key = (SELECT key FROM taskcache_entry WHERE run = 'run 2')"
              + " WHERE run = 'run 1'");
      assertThat(cache.peek(Samples.named(2)).reason()).isEqualTo(Reason.WRONGLY_SIGNED);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatIsNotSignedMayBeAlteredAndIsTheHeadOfTheRowOnly(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        TaskCache cache = cache(store, WRITERS.get(0)).build()) {
      run(cache, Samples.named(1), "ours");
      database.execute(
          "UPDATE taskcache_entry SET component = 'x', pipeline = 'x', run = 'x', task = 'x',"
              + " duration = 1, uses = 7, parts = NULL");

      assertThat(cache.peek(Samples.named(1)).reason()).isEqualTo(Reason.ENTRY_FOUND);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aHostsTransactionPublishesSigned(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        TaskCache cache = cache(store, WRITERS.get(0)).build();
        Connection host = database.dataSource().getConnection()) {
      LeaseToken token =
          ((CacheDecision.Miss) cache.decide(Samples.named(1))).token().orElseThrow();
      host.setAutoCommit(false);

      assertThat(cache.publish(token, Samples.text("x"), store.in(host)))
          .isInstanceOf(WriteOutcome.Stored.class);
      host.commit();

      assertThat(cache.peek(Samples.named(1)).reason()).isEqualTo(Reason.ENTRY_FOUND);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anUnsignedHitTakesOneStatementAndASignedOneToo(TestDatabase database) throws Exception {
    CountingDataSource counting = new CountingDataSource(database.dataSource());
    open(database).close();
    try (JdbcStore store = JdbcStore.builder(counting.dataSource()).build();
        TaskCache signed = cache(store, WRITERS.get(0)).build();
        TaskCache unsigned = TaskCache.builder(store).build()) {
      run(signed, Samples.named(1), "x");
      run(unsigned, Samples.named(2), "x");
      for (TaskCache each : List.of(signed, unsigned)) {
        counting.forget();
        run(each, each == signed ? Samples.named(1) : Samples.named(2), "y");
        assertThat(statements(counting)).hasSize(1);
      }
      counting.forget();
      run(unsigned, Samples.named(3), "x");
      int without = statements(counting).size();
      counting.forget();
      run(signed, Samples.named(4), "x");
      assertThat(statements(counting)).as("the clock's is one more").hasSize(without + 1);
    }
  }

  /** Without the time-out that SQLite is told now and then. */
  private static List<String> statements(CountingDataSource counting) {
    return counting.statements().stream().filter(sql -> !sql.startsWith("PRAGMA ")).toList();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void namespacesReadThroughToEachOther(TestDatabase database) throws Exception {
    Writer main = WRITERS.get(1);
    Writer pr = WRITERS.get(0);
    CountingDataSource counting = new CountingDataSource(database.dataSource());
    open(database).close();
    try (JdbcStore store = JdbcStore.builder(counting.dataSource()).build();
        TaskCache ci = cache(store, main).build();
        TaskCache pull =
            TaskCache.builder(store)
                .sign(pr.signer())
                .trust("pr", pr.keys())
                .trust("main", main.keys())
                .readThrough("pr", List.of("main"))
                .build()) {
      run(ci, Samples.in("main", 1), "of main");
      List<String> before =
          database.query("SELECT fence || ' ' || coalesce(uses, 0) FROM taskcache_entry");
      counting.forget();

      Outcome<Outputs> hit = run(pull, Samples.in("pr", 1), "of pr");

      assertThat(hit.decision().reason()).isEqualTo(Reason.READ_THROUGH);
      assertThat(hit.decision().message()).contains("in main, signed by us (key ours)");
      assertThat(hit.value()).isEqualTo(Samples.text("of main"));
      assertThat(counting.statements()).hasSize(2).allMatch(sql -> sql.startsWith("SELECT "));
      assertThat(pull.plan(List.of(Samples.in("pr", 1))).get(0).reason())
          .isEqualTo(Reason.READ_THROUGH);
      assertThat(run(pull, Samples.in("pr", 2), "of pr").write())
          .isInstanceOf(WriteOutcome.Stored.class);
      assertThat(run(pull, Samples.in("pr", 2), "no").decision().reason())
          .isEqualTo(Reason.ENTRY_FOUND);
      store.purge(new Purge(null, Duration.ofDays(1))); // Writes uses down.
      assertThat(
              database.query(
                  "SELECT fence || ' ' || coalesce(uses, 0) FROM taskcache_entry WHERE namespace = 'main'"))
          .isEqualTo(before);
    }
  }
}

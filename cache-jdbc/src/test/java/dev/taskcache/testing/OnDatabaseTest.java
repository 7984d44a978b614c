package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.numbered;
import static dev.taskcache.testing.Sample.oldest;
import static dev.taskcache.testing.Sample.train;
import static dev.taskcache.testing.TaskCacheAssertions.assertSameAnswers;
import static dev.taskcache.testing.TaskCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.jdbc.DatabaseForParity;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Purge;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of hosts, on databases that they share. */
class OnDatabaseTest {
  private static List<DatabaseForParity> databases;

  @BeforeAll
  static void open() {
    databases = List.of(DatabaseForParity.sqlite(), DatabaseForParity.postgresql());
  }

  @AfterAll
  static void close() throws Exception {
    for (DatabaseForParity each : databases) {
      each.close();
    }
  }

  private static Stream<DatabaseForParity> databases() {
    return databases.stream();
  }

  private static TestCache on(DatabaseForParity database) {
    return TestCache.on(database.store(), UnaryOperator.identity());
  }

  /** Hits on what a test has seeded; each test's result is another one. */
  private static String run(DatabaseForParity database, int number) {
    try (TestCache test = on(database)) {
      test.given(train().build()).returns(numbered(number));
      TaskRequest hour = train().options(oldest(Duration.ofHours(1))).build();
      assertThat(test.cache().decide(hour)).isHit().hasOutputs(numbered(number));
      test.clock().advance(Duration.ofHours(number % 2 == 0 ? 2 : 0));
      return test.cache().decide(hour).reason().toString();
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void testsAtTheSameTimeDoNotMeetAndEachHasItsOwnTime(DatabaseForParity database)
      throws Exception {
    List<List<String>> reasons =
        Threads.all(
            8, thread -> () -> Stream.of(0, 1, 2, 3).map(each -> run(database, each)).toList());

    Assertions.assertThat(reasons)
        .containsOnly(List.of("ENTRY_TOO_OLD", "ENTRY_FOUND", "ENTRY_TOO_OLD", "ENTRY_FOUND"));
    Assertions.assertThat(database.rows()).as("what they left").isZero();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void timesAreTheClocks(DatabaseForParity database) {
    try (TestCache test = on(database)) {
      test.given(train().build()).returns(numbered(1));
      test.clock().advance(Duration.ofDays(30));
      test.given(train().input("x", 1).build()).returns(numbered(2));

      EntryHeader old = header(test, train().build());
      EntryHeader young = header(test, train().input("x", 1).build());

      Assertions.assertThat(Duration.between(old.createdAt(), young.createdAt()))
          .isBetween(Duration.ofDays(30), Duration.ofDays(30).plusMinutes(5));
      Assertions.assertThat(Duration.between(test.clock().instant(), young.createdAt()).abs())
          .isLessThan(Duration.ofMinutes(5));
      Assertions.assertThat(
              test.store()
                  .invalidate(
                      "default",
                      new EntrySelector.CreatedBefore(
                          test.clock().instant().minus(Duration.ofDays(1))),
                      "me"))
          .isEqualTo(1);
      assertThat(test.cache().decide(train().build())).missedBecause(Reason.INVALIDATED);
      assertThat(test.cache().decide(train().input("x", 1).build())).isHit();
    }
  }

  private static EntryHeader header(TestCache test, TaskRequest request) {
    return ((CacheDecision.Hit) test.cache().decide(request)).header().orElseThrow();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void aLeaseEndsWhenItsTimeIsOver(DatabaseForParity database) {
    try (TestCache test = on(database)) {
      test.given(train().build()).runsElsewhere();
      assertThat(test.cache().decide(train().build())).isInFlight();

      test.clock().advance(Duration.ofHours(2));

      assertThat(test.cache().decide(train().build())).isMiss();
    }
  }

  /** A new column of times has to be among those that move, or among these, which are none. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void allTimesOfARowMove(DatabaseForParity database) throws Exception {
    List<String> noTimes =
        List.of("fence", "entry_fence", "uses", "duration", "output_bytes", "awaited");
    List<String> times =
        database.query(columns(database)).stream().filter(it -> !noTimes.contains(it)).toList();
    Assertions.assertThat(times).hasSize(5);
    database.execute(
        "INSERT INTO taskcache_entry (key, namespace, fence) VALUES (CAST('k' AS "
            + (columns(database).contains("pragma") ? "BLOB" : "bytea")
            + "), 'mine/default', 1)");
    for (String each : times) {
      database.execute("UPDATE taskcache_entry SET " + each + " = 7000000");
    }

    database.store().elapse("mine/", Duration.ofSeconds(2));
    database.store().elapse("others/", Duration.ofSeconds(1));

    for (String each : times) {
      Assertions.assertThat(database.query("SELECT " + each + " FROM taskcache_entry"))
          .as(each)
          .containsExactly("5000000");
    }
    database.store().clear("others/");
    Assertions.assertThat(database.rows()).isEqualTo(1);
    database.store().clear("mine/");
    Assertions.assertThat(database.rows()).isZero();
  }

  private static String columns(DatabaseForParity database) {
    return database.url().startsWith("jdbc:sqlite:")
        ? "SELECT name FROM pragma_table_info('taskcache_entry') WHERE type = 'INTEGER'"
        : "SELECT column_name FROM information_schema.columns WHERE table_name = 'taskcache_entry'"
            + " AND table_schema = current_schema() AND data_type = 'bigint'";
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void aPurgeWouldBeEverybodys(DatabaseForParity database) {
    try (TestCache test = on(database)) {
      assertThatThrownBy(() -> test.store().purge(Purge.DEAD))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("other tests' entries");
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void aHostsRequestsAreAnsweredAsInMemory(DatabaseForParity database) throws Exception {
    assertSameAnswers(
        List.of(train().input("rate", 1).build(), train().input("rate", 2).build()),
        request -> numbered(1),
        new InMemoryStore(),
        database.store().store());
    database.store().clear("parity ");
  }
}

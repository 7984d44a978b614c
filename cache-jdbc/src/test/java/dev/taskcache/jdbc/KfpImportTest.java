package dev.taskcache.jdbc;

import static dev.taskcache.jdbc.CacheServerTable.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.jdbc.kfp.KfpImport;
import dev.taskcache.jdbc.kfp.KfpImportCounts;
import dev.taskcache.jdbc.kfp.KfpImportKey;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.InputValue;
import dev.taskcache.kfp.KfpFingerprint;
import dev.taskcache.kfp.KfpRelease;
import dev.taskcache.kfp.KfpStaleness;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.StoreException;
import dev.taskcache.testing.FaultyStore;
import dev.taskcache.testing.SettableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of a v1 cache server is read, judged and moved, on each database that it may be on. */
class KfpImportTest {
  private static final String ALL = "dev.taskcache.jdbc.CacheServerDatabase#all";
  private static final String ARGO = "workflows.argoproj.io/outputs";
  private static final String TEMPLATE =
      "{\"name\":\"train-x7k2\",\"container\":{\"image\":\"python:3.9\",\"command\":[\"a<b\"]}}";

  /** Of the same step in another run: neither name nor resources are in the key. */
  private static final String ANOTHER_POD =
      "{\"name\":\"train-q9z4\",\"container\":{\"command\":[\"a<b\"],\"image\":\"python:3.9\","
          + "\"resources\":{\"limits\":{\"cpu\":\"1\"}}}}";

  private static final int DAY = 86_400;

  private final List<KfpImportKey> findings = new ArrayList<>();

  private static KfpFingerprint fingerprint() {
    return KfpFingerprint.ofTemplate(TEMPLATE, null, KfpRelease.V2_5);
  }

  private static String key(int digit) {
    return String.valueOf(digit).repeat(64);
  }

  private static EntryId id(String key) {
    return new EntryId("team", CacheKey.parse("kfp1:" + key));
  }

  private static String output(String text) {
    return "{\""
        + ARGO
        + "\":\""
        + text
        + "\",\"pipelines.kubeflow.org/metadata_execution_id\":\"7\"}";
  }

  private static Object text(CacheEntry entry) {
    return ((InputValue.Text) entry.outputs().get(ARGO)).value();
  }

  /** What a host gets that is about to run a pod; fails if that would run. */
  private static Outputs answer(JdbcStore store, String template) throws InterruptedException {
    TaskRequest request =
        KfpFingerprint.ofTemplate(template, null, KfpRelease.V2_5)
            .request("train")
            .namespace("team")
            .build();
    try (TaskCache cache = TaskCache.builder(store).build()) {
      assertThat(cache.decide(request)).isInstanceOf(CacheDecision.Hit.class);
      return cache
          .getOrRun(
              request,
              () -> {
                throw new AssertionError("it ran");
              })
          .value();
    }
  }

  /** One of everything: 13 rows, of 7 keys. */
  private static void rows(CacheServerTable table) throws SQLException {
    table.row(1, fingerprint().fingerprint(), -1, 300, output("oldest"));
    table.row(2, fingerprint().fingerprint(), -1, 100, output("newest"));
    table.row(3, fingerprint().fingerprint(), -1, 200, output("older"));
    table.row(4, fingerprint().fingerprint(), 50, 51, output("expired"));
    table.row(5, key(1), 60, 60, output("just valid"));
    table.row(6, key(2), 60, 61, output("expired"));
    table.row(7, key(3), 0, 0, output("never looked up"));
    table.row(8, key(4), -1, 10, "not JSON");
    table.row(9, key(5), -1, 40 * DAY, output("vor 40 Tagen, größer \uD834\uDD1E"));
    table.row(10, key(6), -1, 10, output("same second, first"));
    table.row(11, key(6), -1, 10, output("same second, second"));
    table.row(12, "A".repeat(64), -1, 1, output("upper case"));
    table.row(13, "a1", -1, 1, output("too short"));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aDryRunSaysWhatIsWrongAndChangesNothing(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    rows(table);
    List<String> before = database.contents();
    KfpImportCounts counts = table.reading("team", KfpStaleness.UNLIMITED).dryRun(findings::add);
    assertThat(counts).isEqualTo(new KfpImportCounts(13, 7, 2, 4, 2, 3, 2, 3, 0, 5, 0, 0, 0));
    assertThat(counts.addUp()).isTrue();
    assertThat(findings)
        .containsExactlyInAnyOrder(
            new KfpImportKey(
                fingerprint().fingerprint(), List.of(1L, 2L, 3L), List.of(4L), List.of(), 2L),
            new KfpImportKey(key(2), List.of(), List.of(6L), List.of(), null),
            new KfpImportKey(key(3), List.of(), List.of(), List.of(7L), null),
            new KfpImportKey(key(6), List.of(10L, 11L), List.of(), List.of(), 11L),
            new KfpImportKey("A".repeat(64), List.of(), List.of(), List.of(12L), null),
            new KfpImportKey("a1", List.of(), List.of(), List.of(13L), null));
    assertThat(findings.stream().filter(KfpImportKey::blocksItself).map(KfpImportKey::key))
        .containsExactlyInAnyOrder(key(2), key(3));
    assertThat(database.contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theNewestValidRowOfAKeyIsAHitForItsTemplate(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    rows(table);
    try (JdbcStore store = database.store()) {
      KfpImportCounts counts =
          table.reading("team", KfpStaleness.UNLIMITED).run(store, findings::add);
      assertThat(counts).isEqualTo(new KfpImportCounts(13, 7, 2, 4, 2, 3, 2, 3, 4, 0, 0, 0, 1));
      assertThat(counts.addUp()).isTrue();

      CacheEntry hit = store.find(new EntryId("team", fingerprint().key())).storedEntry();
      assertThat(text(hit)).isEqualTo("newest");
      assertThat(hit.outputs().get("pipelines.kubeflow.org/metadata_execution_id"))
          .isEqualTo(new InputValue.Text("7"));
      assertThat(hit.header().expiresAt()).isNull();
      CacheEntry limited = store.find(id(key(1))).storedEntry();
      assertThat(limited.header().expiresAt())
          .isEqualTo(limited.header().createdAt().plusSeconds(1));
      assertThat(text(store.find(id(key(6))).storedEntry())).isEqualTo("same second, second");
      assertThat(text(store.find(id(key(5))).storedEntry()))
          .isEqualTo("vor 40 Tagen, größer \uD834\uDD1E");
      assertThat(answer(store, ANOTHER_POD)).isEqualTo(hit.outputs());
      for (int missing : new int[] {2, 3, 4}) {
        assertThat(store.find(id(key(missing))).storedEntry()).isNull();
      }
      assertThat(store.find(new EntryId("other", fingerprint().key())).storedEntry()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatTheStoreHasStays(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    table.row(1, key(1), -1, 100, output("first"));
    table.row(2, key(2), -1, 100, output("first"));
    try (JdbcStore store = database.store()) {
      assertThat(table.reading("team", KfpStaleness.UNLIMITED).run(store, findings::add).moved())
          .isEqualTo(2);
      table.row(3, key(1), -1, 50, output("second"));
      table.row(4, key(3), -1, 100, output("first"));
      KfpImportCounts again =
          table.reading("team", KfpStaleness.UNLIMITED).run(store, findings::add);
      assertThat(again).isEqualTo(new KfpImportCounts(4, 3, 1, 1, 0, 1, 0, 0, 1, 0, 2, 0, 0));
      assertThat(text(store.find(id(key(1))).storedEntry())).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theServersMaximumCounts(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    table.row(1, key(1), -1, 40 * DAY, output("too old"));
    table.row(2, key(2), -1, 30 * DAY, output("just valid"));
    table.row(3, key(3), 100 * DAY, 10 * DAY, output("the maximum is shorter"));
    table.row(4, key(4), 20 * DAY, 10 * DAY, output("its own is shorter"));
    try (JdbcStore store = database.store()) {
      KfpImportCounts counts =
          table.reading("team", KfpStaleness.parse("P30D")).run(store, findings::add);
      assertThat(counts).isEqualTo(new KfpImportCounts(4, 4, 0, 0, 1, 0, 1, 0, 3, 0, 0, 0, 0));
      assertThat(lifetime(store, key(2))).isEqualTo(Duration.ofSeconds(1));
      assertThat(lifetime(store, key(3))).isEqualTo(Duration.ofSeconds(20L * DAY + 1));
      assertThat(lifetime(store, key(4))).isEqualTo(Duration.ofSeconds(10L * DAY + 1));
    }
  }

  private static Duration lifetime(JdbcStore store, String key) {
    var header = store.find(id(key)).storedEntry().header();
    return Duration.between(header.createdAt(), header.expiresAt());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatWasInvalidatedLaterIsNotBroughtBack(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    table.row(1, key(1), -1, 100, output("before"));
    try (JdbcStore store = database.store()) {
      store.invalidate("team", new EntrySelector.Component("any"), "me");
      KfpImportCounts counts =
          table.reading("team", KfpStaleness.UNLIMITED).run(store, findings::add);
      assertThat(counts).isEqualTo(new KfpImportCounts(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
      assertThat(table.reading("other", KfpStaleness.UNLIMITED).run(store, findings::add).moved())
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void extremeNumbersAreReadAsWhatTheySay(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    table.row(1, key(1), Long.MAX_VALUE, NOW, output("for ever"));
    table.row(2, key(2), Long.MIN_VALUE, NOW - Long.MAX_VALUE, output("of the future"));
    table.row(3, key(3), 60, NOW + 5, output("before 1970"));
    table.row(4, key(4), 60, -1_000, output("of the future"));
    InMemoryStore store = new InMemoryStore();
    KfpImportCounts counts =
        table.reading("team", KfpStaleness.UNLIMITED).run(store, findings::add);
    assertThat(counts).isEqualTo(new KfpImportCounts(4, 4, 0, 0, 1, 0, 1, 0, 3, 0, 0, 0, 0));
    assertThat(store.find(id(key(1))).storedEntry().header().expiresAt()).isNull();
    assertThat(store.find(id(key(2))).storedEntry().header().expiresAt()).isNull();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anotherTableIsRefused(CacheServerDatabase database) throws Exception {
    CacheServerTable table = database.table();
    table.execute("DROP TABLE execution_caches");
    assertThatThrownBy(() -> table.reading("team", KfpStaleness.UNLIMITED).dryRun(findings::add))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("execution_caches");
    table.execute("CREATE TABLE execution_caches (id bigint, executioncachekey varchar(64))");
    assertThatThrownBy(() -> table.reading("team", KfpStaleness.UNLIMITED).dryRun(findings::add))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no column MaxCacheStaleness, only [executioncachekey, id]");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatAStoreThatFailedDidNotTakeIsMovedTheNextTime(CacheServerDatabase database)
      throws Exception {
    CacheServerTable table = database.table();
    table.fill(100);
    KfpImport reading = table.reading("team", KfpStaleness.UNLIMITED);
    try (FaultyStore store = new FaultyStore(database.store(), new SettableClock(), 0)) {
      assertThatThrownBy(
              () ->
                  reading.run(
                      store,
                      key -> {
                        findings.add(key);
                        if (findings.size() == 50) {
                          store.on(FaultyStore.Call.PUBLISH_UNLEASED).fail();
                        }
                      }))
          .isInstanceOf(StoreException.class);
      assertThat(findings).hasSizeBetween(50, 99);
      assertThat(entries(database)).isEqualTo(32);

      store.heal();
      findings.clear();
      KfpImportCounts counts = reading.run(store, findings::add);
      assertThat(counts)
          .isEqualTo(new KfpImportCounts(1_000, 100, 100, 900, 20, 670, 150, 100, 48, 0, 32, 0, 0));
      assertThat(counts.addUp()).isTrue();
      assertThat(findings).hasSize(100);
      assertThat(entries(database)).isEqualTo(80);
    }
  }

  private static int entries(CacheServerDatabase database) throws SQLException {
    String count = "SELECT count(*) FROM taskcache_entry WHERE entry_fence IS NOT NULL";
    return Integer.parseInt(database.forStore().query(count).get(0));
  }

  /** The server would end it where the store takes longer for a page than it waits. */
  @Test
  void theServerOfMariaDbWaitsForTheStoreAndThenNoLonger() throws Exception {
    try (CacheServerDatabase database = CacheServerDatabase.mariadb()) {
      rows(database.table());
      theServerWaitsForTheStoreAndThenNoLonger(database.table());
    }
  }

  private void theServerWaitsForTheStoreAndThenNoLonger(CacheServerTable table) throws Exception {
    HikariConfig pooled = new HikariConfig();
    pooled.setJdbcUrl(table.url());
    pooled.setMaximumPoolSize(2);
    List<Connection> opened = new ArrayList<>();
    List<String> during = new ArrayList<>();
    try (HikariDataSource pool = new HikariDataSource(pooled)) {
      KfpImport reading =
          new KfpImport(
              () -> {
                opened.add(pool.getConnection());
                return opened.get(opened.size() - 1);
              },
              "team",
              KfpStaleness.UNLIMITED,
              Clock.systemUTC());
      assertThatThrownBy(
              () ->
                  reading.dryRun(
                      key -> {
                        during.add(patience(opened.get(0)));
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");
      assertThat(during).containsExactly("3600");
      try (Connection first = pool.getConnection();
          Connection second = pool.getConnection()) {
        assertThat(List.of(patience(first), patience(second))).containsOnly("60");
      }
    }
  }

  private static String patience(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("SELECT @@net_write_timeout")) {
      value.next();
      return value.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

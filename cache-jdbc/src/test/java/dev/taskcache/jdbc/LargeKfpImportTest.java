package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.jdbc.kfp.KfpImportCounts;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.InputValue;
import dev.taskcache.store.EntryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tables of which not even the keys fit into the heap of the process that imports them: 100,000
 * rows of two thousand characters, or a million in the long variant.
 */
class LargeKfpImportTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final int KEYS = 10_000 * Integer.getInteger("taskcache.tests.scale", 1);

  /** In MiB. 8 are enough; all rows of the smaller table at once take more than these. */
  private static final int HEAP = 12;

  private static final int TENTH = KEYS / 10;

  /** More than the import moves at a time. */
  private static final int SOME = 100;

  private static ChildJvm child(String... args) throws Exception {
    return new ChildJvm(
        environment -> environment.put("JDK_JAVA_OPTIONS", "-Xmx" + HEAP + "m"),
        KfpImportMain.class,
        args);
  }

  /** Of ten keys eight have a row that can be used; one of those has five expired ones, too. */
  private static KfpImportCounts counts(long moved, long wouldMove, long alreadyThere) {
    return new KfpImportCounts(
        10L * KEYS,
        KEYS,
        KEYS,
        9L * KEYS,
        2L * TENTH,
        (7L * 9 + 4) * TENTH,
        (10L + 5) * TENTH,
        10L * TENTH,
        moved,
        wouldMove,
        alreadyThere,
        0,
        0);
  }

  @Test
  void fromMariaDbInASmallHeapAlsoAfterItWasKilled() throws Exception {
    try (CacheServerDatabase database = CacheServerDatabase.mariadb()) {
      inASmallHeapAlsoAfterItWasKilled(database);
    }
  }

  @Test
  void fromPostgresqlInASmallHeapAlsoAfterItWasKilled() throws Exception {
    try (CacheServerDatabase database = CacheServerDatabase.postgresql()) {
      inASmallHeapAlsoAfterItWasKilled(database);
    }
  }

  private static void inASmallHeapAlsoAfterItWasKilled(CacheServerDatabase database)
      throws Exception {
    database.table().fill(KEYS);
    try (JdbcStore store = database.store()) {
      String from = database.table().url();
      String to = database.storeUrl();
      long all = 8L * TENTH;
      try (ChildJvm dry = child(from, "-")) {
        assertThat(Long.parseLong(dry.lineWhenever()))
            .isBetween(HEAP / 2 * MEBIBYTE, HEAP * MEBIBYTE);
        assertThat(dry.lineWhenever()).isEqualTo(counts(0, all, 0).toString());
        assertThat(dry.lineWhenever()).isEqualTo(String.valueOf(10L * KEYS));
      }
      assertThat(entries(database)).isZero();

      try (ChildJvm killed = child(from, to)) {
        assertThat(killed.lineWhenever()).isNotNull();
        Until.holds("some are moved", () -> entries(database) > SOME);
        killed.kill();
        assertThat(killed.lineWhenever()).as("it was killed before its end").isNull();
      }
      try (ChildJvm again = child(from, to)) {
        assertThat(again.lineWhenever()).isNotNull();
        String counted = again.lineWhenever();
        long moved = Long.parseLong(counted.replaceFirst(".* moved=(\\d+),.*", "$1"));
        assertThat(moved).isBetween(1L, all - SOME);
        assertThat(counted).isEqualTo(counts(moved, 0, all - moved).toString());
      }
      assertThat(entries(database)).isEqualTo(all);

      for (int key : List.of(0, 6, 9, KEYS - 1)) {
        EntryId id = new EntryId("team", CacheKey.parse("kfp1:" + sha256(key)));
        InputValue output =
            store.find(id).storedEntry().outputs().get("workflows.argoproj.io/outputs");
        assertThat(((InputValue.Text) output).value()).startsWith(9L * KEYS + key + " x");
      }
      assertThat(store.find(new EntryId("team", CacheKey.parse("kfp1:" + sha256(7)))).storedEntry())
          .isNull();
    }
  }

  private static long entries(CacheServerDatabase database) throws Exception {
    String count = "SELECT count(*) FROM taskcache_entry WHERE entry_fence IS NOT NULL";
    return Long.parseLong(database.forStore().query(count).get(0));
  }

  private static String sha256(int number) throws Exception {
    byte[] text = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }
}

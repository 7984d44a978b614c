package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.jdbc.PostgresForCommands;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code taskcache import kfp}, from a real server into a file. */
class ImportCommandTest {
  private static final String KEY = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  @TempDir private Path dir;
  private PostgresForCommands database;

  @BeforeEach
  void table() throws Exception {
    database = new PostgresForCommands();
    database.execute(
        "CREATE TABLE execution_caches (ID bigint, ExecutionCacheKey text, ExecutionTemplate text,"
            + " ExecutionOutput text, MaxCacheStaleness bigint, StartedAtInSec bigint,"
            + " EndedAtInSec bigint)");
    for (int id = 1; id <= 12; id++) {
      row(id, KEY, -1);
    }
    row(13, OTHER, 60);
    row(14, "c", -1);
    row(15, "d".repeat(64), -1);
  }

  private void row(int id, String key, int staleness) throws Exception {
    String values = "(%d, '%s', '{}', '{\"o\": %d}', %d, 1700000000, 0)";
    database.execute(
        "INSERT INTO execution_caches VALUES " + values.formatted(id, key, id, staleness));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Cli run(Object... more) {
    Object[] words = new Object[more.length + 4];
    System.arraycopy(more, 0, words, 4, more.length);
    System.arraycopy(new Object[] {"import", "kfp", "--from", database.url()}, 0, words, 0, 4);
    return Cli.at(dir, words);
  }

  @Test
  void aDryRunOpensNoStore() {
    Cli answer = run("--dry-run");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    assertThat(answer.out().lines())
        .containsExactly(
            KEY + ": 12 rows; valid: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more; newest: 12",
            "c: never matching: 14",
            OTHER
                + ": expired: 13; BLOCKS ITSELF: nothing can be used, and from 2.14 on nothing is"
                + " written again",
            "15 rows: 2 would move, 11 older, 1 expired, 1 never matching",
            "3 keys: 1 duplicated keys, 11 duplicate rows, 1 blocked keys");
    assertThat(dir.resolve(".cache")).doesNotExist();
  }

  @Test
  void rowsAreMovedOnce() {
    List<Map<String, Object>> lines = run("--json").json();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .containsEntry("key", KEY)
        .containsEntry("rows", 12)
        .containsEntry("newest", 12)
        .containsEntry("blocksItself", false);
    assertThat(lines.get(2)).containsEntry("expired", List.of(13)).containsEntry("newest", null);
    assertThat(lines.get(3))
        .containsEntry("rows", 15)
        .containsEntry("moved", 2)
        .containsEntry("alreadyThere", 0);
    assertThat(run("--json").json().get(3))
        .containsEntry("moved", 0)
        .containsEntry("alreadyThere", 2);
    assertThat(run("--json", "--namespace", "other").json().get(3)).containsEntry("moved", 2);
  }

  @Test
  void theMaximumOfTheServerIsAnOption() {
    assertThat(run("--dry-run", "--maximum-staleness", "P30D").out())
        .contains("15 rows: 0 would move, 0 older, 14 expired, 1 never matching");
  }

  @Test
  void whatIsNoLimitOrNobodysIsRefused() {
    Cli days = run("--dry-run", "--maximum-staleness", "30d");
    assertThat(days.code()).isEqualTo(2);
    assertThat(days.err()).contains("--maximum-staleness: 30d is no limit", "write P30D");
    assertThat(run("--dry-run", "--namespace", "").err()).contains("--namespace: is empty");
    assertThat(run("--store", dir).err()).contains("is a folder");
  }

  @Test
  void whatCannotBeReadIsSaidWithoutPasswords() throws Exception {
    database.execute("DROP TABLE execution_caches");
    Cli gone = run("--dry-run");
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err())
        .startsWith("taskcache: --from: jdbc:postgresql:")
        .contains("execution_caches");
    for (String url : List.of("jdbc:nobody://h/d?password=s3cret", "mysql://me:s3cret@h/d")) {
      Cli refused = Cli.at(dir, "import", "kfp", "--from", url);
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(refused.err()).startsWith("taskcache: --from: ").doesNotContain("s3cret");
    }
    assertThat(Cli.at(dir, "import", "kfp", "--from", "jdbc:nobody://h/d").err())
        .contains("has no driver here", "java -cp taskcache.jar:DRIVER.jar");
  }

  /** The store's own server refuses the second batch, as when its disk is full. */
  @Test
  void aStoreThatFailsInBetweenIsSaidAndTheNextTimeFinishes() throws Exception {
    for (int id = 101; id <= 160; id++) {
      row(id, "%064x".formatted(id), -1);
    }
    String store = database.url();
    assertThat(Cli.at(dir, "migrate", "--store", store).code()).isZero();
    database.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF (SELECT count(entry_fence) FROM taskcache_entry) >= 40 THEN"
            + " RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END IF;"
            + " RETURN NEW; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON taskcache_entry FOR EACH ROW"
            + " EXECUTE FUNCTION full_disk()");
    Cli failed = run("--store", store);
    assertThat(failed.code()).isEqualTo(2);
    assertThat(failed.err().lines()).hasSize(1);
    assertThat(failed.err())
        .startsWith("taskcache: --store: ")
        .contains("failed: ", "no space left", "import again to go on");
    assertThat(failed.out()).doesNotContain(" rows: ");
    assertThat(database.query("SELECT count(entry_fence) FROM taskcache_entry"))
        .containsExactly("40");

    database.execute("DROP TRIGGER full_disk ON taskcache_entry");
    Cli again = run("--store", store);
    assertThat(again.err()).isEmpty();
    assertThat(again.code()).isZero();
    assertThat(again.out())
        .contains(
            "75 rows: 22 moved, 40 already there, 0 refused, 0 unreadable, 11 older, 1 expired, 1"
                + " never matching");
    assertThat(database.query("SELECT count(entry_fence) FROM taskcache_entry"))
        .containsExactly("62");
  }
}

package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that operate a store, on a file, and what they say to wrong usage. */
class SqliteCommandsTest {
  @TempDir private Path dir;

  private Cli at(Object... args) {
    return Cli.at(dir, args);
  }

  private Map<String, Object> json(Object... args) {
    Cli answer = at(Stream.concat(Stream.of(args), Stream.of("--json")).toArray());
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    return Cli.object(answer.out());
  }

  private List<Map<String, Object>> run() throws IOException {
    Ir ir = new Ir();
    ir.task("one").sh(":");
    ir.task("other").after("one").sh("true");
    return at("run", Files.writeString(dir.resolve("p.json"), ir.text()), "--json").json();
  }

  private Path file() {
    return dir.resolve(".cache/taskcache/taskcache.db");
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Object[] invalidate(String how, Object what) {
    return new Object[] {"invalidate", "--namespace", "default", how, what, "--by", "a test"};
  }

  @Test
  void whatIsDeclaredInvalidIsNotUsedAndTheNextRunSaysByWhom() throws Exception {
    List<Map<String, Object>> first = run();
    Map<List<Object>, Integer> cases =
        Map.of(
            List.of("--key", first.get(0).get("key")), 1,
            List.of("--run", first.get(2).get("id")), 2,
            List.of("--component", "one"), 1,
            List.of("--component", "nobody's"), 0,
            List.of("--created-before", "2999-01-01T00:00:00Z"), 2,
            List.of("--created-before", "2001-01-01T00:00:00+01:00"), 0,
            List.of("--unused-since", "2999-01-01T00:00:00Z"), 2);
    for (Map.Entry<List<Object>, Integer> each : cases.entrySet()) {
      String how = each.getKey().get(0).toString();
      Object what = each.getKey().get(1);
      if (how.equals("--run")) {
        json(invalidate("--created-before", "2999-01-01T00:00:00Z"));
        what = run().get(2).get("id");
      }
      assertThat(json(invalidate(how, what)))
          .as("%s", each)
          .containsEntry("invalidated", each.getValue());
      List<Map<String, Object>> again = run();
      assertThat(again.get(2)).containsEntry("misses", each.getValue());
      again.stream()
          .filter(line -> "miss".equals(line.get("decision")))
          .forEach(
              line ->
                  assertThat(line)
                      .containsEntry("reason", "INVALIDATED")
                      .extracting("message")
                      .asString()
                      .contains("by a test"));
    }
    assertThat(json("invalidate", "--namespace", "other", "--component", "one", "--by", "me"))
        .containsEntry("invalidated", 0);
    assertThat(at(invalidate("--component", "one")).out())
        .isEqualTo(
            file() + ": 1 result of namespace default declared invalid, recorded or under way\n");
  }

  @Test
  void whatIsOverIsForgotten() throws Exception {
    run();
    assertThat(json("purge")).containsEntry("entries", 0).containsEntry("leases", 0);
    execute("UPDATE taskcache_entry SET created_at = created_at - 86400000000");
    execute("UPDATE taskcache_entry SET last_used = created_at");
    assertThat(json("purge", "--unused-for", "2d")).containsEntry("entries", 0);
    assertThat(json("purge", "--unused-for", "PT12H")).containsEntry("entries", 2);
    assertThat(at("purge").out()).isEqualTo(file() + ": forgot 0 results and 0 rows without one\n");
    assertThat(json("doctor")).containsEntry("entries", 0);
  }

  @Test
  void theDoctorCountsRowsAndNamesWhatIsMissing() throws Exception {
    run();
    assertThat(json("doctor"))
        .containsEntry("store", file().toString())
        .containsEntry("rows", 2)
        .containsEntry("leased", 0)
        .containsEntry("role", "writer");
    execute(
        "UPDATE taskcache_entry SET owner = 'x', lease_until = 1 << 60 WHERE component = 'one'");
    assertThat(json("doctor")).containsEntry("leased", 1).containsEntry("entries", 2);
    execute("UPDATE taskcache_entry SET expires_at = 1, lease_until = 1");
    assertThat(json("doctor")).containsEntry("leased", 0).containsEntry("expired", 2);
    execute("UPDATE taskcache_entry SET entry_fence = NULL");
    assertThat(json("doctor")).containsEntry("dead", 2).containsEntry("entries", 0);
    execute("DROP TABLE taskcache_entry");
    Cli broken = at("doctor");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("PROBLEM: the table taskcache_entry is missing");
  }

  @Test
  void aFileThatIsNotThereIsNotMadeByTheWay() {
    for (Object[] each :
        List.of(new Object[] {"doctor"}, new Object[] {"purge"}, invalidate("--component", "c"))) {
      Cli answer = at(each);
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err())
          .isEqualTo(
              "taskcache: --store: "
                  + file()
                  + " is not there; `taskcache run` or `taskcache migrate` makes it\n");
    }
    assertThat(file().getParent()).doesNotExist();
    assertThat((Integer) json("migrate").get("migrations")).isPositive();
    assertThat(json("doctor")).containsEntry("rows", 0);
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedByName() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "this is a diary and not a database at all, whatever its name says");
    Path pipeline = Files.writeString(dir.resolve("p.json"), new Ir().task("t").sh(":").text());
    for (Object[] each :
        List.of(new Object[] {"purge"}, new Object[] {"run", pipeline}, new Object[] {"migrate"})) {
      Cli answer = at(each);
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err().lines()).hasSize(1);
      assertThat(answer.err()).startsWith("taskcache: --store: " + file() + " cannot be used: ");
    }
    assertThat(at("doctor").code()).isEqualTo(1);
    assertThat(file()).content().startsWith("this is a diary");
  }

  @Test
  void theSqlIsPrinted() {
    String ddl = at("schema", "ddl", "--dialect", "sqlite").out();
    assertThat(ddl).contains("CREATE TABLE taskcache_entry").doesNotContain("${");
    assertThat(at("schema", "ddl", "--dialect", "sqlite", "--prefix", "mine_").out())
        .isEqualTo(ddl.replace("taskcache_", "mine_"));
    assertThat(json("schema", "ddl", "--dialect", "sqlite"))
        .isEqualTo(Map.of("dialect", "sqlite", "sql", ddl));
    assertThat(at("schema", "ddl", "--dialect", "postgresql", "--schema", "s").out())
        .contains("CREATE TABLE \"s\".taskcache_entry");
    assertThat(
            at("schema", "roles", "--dialect", "postgresql", "--schema", "s", "--reader", "me")
                .out())
        .contains("TO \"me\"", "TO \"taskcache_writer\"", "\"s\".taskcache_entry");
  }

  @Test
  void wrongUsageIsOneLineThatSaysWhatToWrite() {
    Map<List<Object>, List<String>> cases =
        Map.ofEntries(
            Map.entry(List.of("schema"), List.of("ddl or roles")),
            Map.entry(List.of("schema", "ddl"), List.of("--dialect")),
            Map.entry(List.of("schema", "ddl", "--dialect", "oracle"), List.of("SQLITE", "oracle")),
            Map.entry(
                List.of("schema", "ddl", "--dialect", "sqlite", "--schema", "s"),
                List.of("SQLite has no schemas")),
            Map.entry(
                List.of("schema", "roles", "--dialect", "postgresql"), List.of("--schema, public")),
            Map.entry(
                List.of("schema", "roles", "--dialect", "sqlite"), List.of("SQLite has no roles")),
            Map.entry(List.of("invalidate", "--by", "me", "--key", "k"), List.of("k1:0123")),
            Map.entry(
                List.of("invalidate", "--namespace", "n", "--by", "me"), List.of("--component")),
            Map.entry(
                List.of("invalidate", "--namespace", "n", "--component", "c"), List.of("--by")),
            Map.entry(
                List.of("invalidate", "--by", "me", "--component", "c"), List.of("--namespace")),
            Map.entry(
                List.of("invalidate", "--created-before", "yesterday"),
                List.of("2026-01-31T12:00:00Z")),
            Map.entry(List.of("purge", "--unused-for", "30"), List.of("P30D")),
            Map.entry(List.of("doctor", "--store", "jdbc:h2:x"), List.of("jdbc:postgresql://")),
            Map.entry(List.of("run", "p", "--lease", "1ms"), List.of("--lease")),
            Map.entry(List.of("run", "p", "--lease", "0.5s"), List.of("at least 1s")),
            Map.entry(List.of("plan", "p", "--verify", "all"), List.of("EXISTS", "all")));
    cases.forEach(
        (args, words) -> {
          Cli answer = at(args.toArray());
          assertThat(answer.code()).as("%s", args).isEqualTo(2);
          assertThat(answer.out()).isEmpty();
          assertThat(answer.err().lines()).as("%s", args).hasSize(1);
          assertThat(answer.err()).startsWith("taskcache").contains(words);
        });
  }

  @Test
  void eachHasItsHelp() {
    for (String command :
        List.of(
            "doctor", "migrate", "invalidate", "purge", "schema", "schema ddl", "schema roles")) {
      Cli help = at(Stream.concat(Stream.of(command.split(" ")), Stream.of("--help")).toArray());
      assertThat(help.code()).isZero();
      assertThat(help.err()).isEmpty();
      assertThat(help.out()).startsWith("Usage: taskcache " + command);
    }
  }
}

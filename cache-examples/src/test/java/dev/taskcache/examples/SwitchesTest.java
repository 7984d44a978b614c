package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switches of {@code run} and {@code plan}, and what {@code stats} and {@code stops} say. */
class SwitchesTest {
  @TempDir private Path dir;
  private Path pipeline;

  @BeforeEach
  void write() throws IOException {
    Ir ir = new Ir().parameter("dir", "STRING", dir.toString());
    for (String name : List.of("first", "second")) {
      ir.task(name)
          .fromPipeline("dir", "STRING")
          .arg("{{$.inputs.parameters['dir']}}")
          .arg(name)
          .sh("echo ran >> \"$1/$2.txt\"");
    }
    ir.task("off").notCached().sh(":");
    pipeline = Files.writeString(dir.resolve("p.json"), ir.text());
  }

  private Map<String, Map<String, Object>> run(Object... switches) {
    Object[] words =
        Stream.concat(Stream.of("run", pipeline, "--json"), Arrays.stream(switches)).toArray();
    Cli answer = Cli.at(dir, words);
    assertThat(answer.err()).isEmpty();
    return answer.json().stream()
        .filter(line -> line.containsKey("task"))
        .collect(Collectors.toMap(line -> (String) line.get("task"), line -> line));
  }

  private static String of(String task, Map<String, Map<String, Object>> lines) {
    Map<String, Object> line = lines.get(task);
    return line.get("decision") + " " + line.get("reason") + " " + line.get("level");
  }

  private int runs(String task) throws IOException {
    Path file = dir.resolve(task + ".txt");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private void execute(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + dir.resolve(".cache/taskcache/taskcache.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void withoutSwitchesTheTasksLineDecides() throws Exception {
    assertThat(of("first", run())).isEqualTo("miss NO_EARLIER_RESULT TASK");
    Map<String, Map<String, Object>> again = run();
    assertThat(of("first", again)).isEqualTo("hit ENTRY_FOUND TASK");
    assertThat(again.get("first"))
        .containsEntry("option", "mode = READ_WRITE")
        .extracting("where")
        .asString()
        .startsWith(pipeline + ":1: root.dag.tasks.first.cachingOptions");
    assertThat(of("off", again)).isEqualTo("bypass CACHING_OFF TASK");
    assertThat(Cli.at(dir, "plan", pipeline).out())
        .containsPattern("TASK +DECISION +REASON +LEVEL")
        .containsPattern("first +hit +ENTRY_FOUND +TASK");
  }

  @Test
  void noCacheExecutesAndRecordsNothing() throws Exception {
    assertThat(of("first", run("--no-cache"))).isEqualTo("bypass CACHING_OFF RUN");
    assertThat(run("--no-cache").get("first")).containsEntry("where", "--no-cache");
    assertThat(runs("first")).isEqualTo(2);
    assertThat(of("first", run())).isEqualTo("miss NO_EARLIER_RESULT TASK");
  }

  @Test
  void refreshExecutesTheNamedTaskAloneAndReplacesItsResult() throws Exception {
    run();
    Map<String, Map<String, Object>> refreshed = run("--refresh", "first");
    assertThat(of("first", refreshed)).isEqualTo("miss REFRESH_REQUESTED RUN");
    assertThat(refreshed.get("first")).containsEntry("where", "--refresh first");
    assertThat(of("second", refreshed)).isEqualTo("hit ENTRY_FOUND TASK");
    run("--refresh", "first", "--refresh", "second");
    assertThat(runs("first")).isEqualTo(3);
    assertThat(runs("second")).isEqualTo(2);
    assertThat(of("off", run("--refresh", "off")))
        .as("what is off stays so")
        .isEqualTo("bypass CACHING_OFF TASK");
  }

  @Test
  void aTaskThatIsNotThereIsRefusedWithThoseThatAre() {
    Cli answer = Cli.at(dir, "run", pipeline, "--refresh", "thrid");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "taskcache: --refresh: there is no task \"thrid\"; there are [first, off, second]\n");
  }

  @Test
  void iterationsAndSubPipelinesAreNamedToo() {
    List<String> paths = List.of("loop[0].inner[12].fit", "sub.fit", "subtle");
    Map<String, List<String>> cases =
        Map.of(
            "sub", List.of("sub.fit"),
            "sub.fit", List.of("sub.fit"),
            "loop", List.of("loop[0].inner[12].fit"),
            "loop.inner.fit", List.of("loop[0].inner[12].fit"),
            "loop[0]", List.of("loop[0].inner[12].fit"),
            "loop[0].inner[12]", List.of("loop[0].inner[12].fit"),
            "loop[1]", List.of(),
            "fit", List.of());
    cases.forEach(
        (name, meant) ->
            assertThat(paths)
                .as(name)
                .filteredOn(path -> new RefreshedTasks(List.of(name)).naming(path).isPresent())
                .isEqualTo(meant));
  }

  @Test
  void readOnlyUsesAndRecordsNothing() throws Exception {
    assertThat(of("first", run("--read-only"))).isEqualTo("miss NO_EARLIER_RESULT RUN");
    assertThat(of("first", run())).isEqualTo("miss NO_EARLIER_RESULT TASK");
    Map<String, Map<String, Object>> hit = run("--read-only");
    assertThat(of("first", hit)).isEqualTo("hit ENTRY_FOUND RUN");
    assertThat(of("off", hit)).isEqualTo("bypass CACHING_OFF TASK");
    assertThat(runs("first")).isEqualTo(2);
  }

  @Test
  void maxAgeUsesNothingOlder() throws Exception {
    run();
    execute("UPDATE taskcache_entry SET created_at = created_at - 8 * 86400000000");
    assertThat(of("first", run("--max-age", "P9D"))).isEqualTo("hit ENTRY_FOUND TASK");
    Map<String, Map<String, Object>> old = run("--max-age", "P7D");
    assertThat(of("first", old)).isEqualTo("miss ENTRY_TOO_OLD RUN");
    assertThat(old.get("first")).containsEntry("option", "maxAge = PT168H");
  }

  @Test
  void reproducibilityExecutesAgainAndUsesWhatIsRecorded() throws Exception {
    run();
    Map<String, Map<String, Object>> sampled = run("--reproducibility", "1");
    assertThat(of("first", sampled)).isEqualTo("miss REPRODUCIBILITY_SAMPLE RUN");
    assertThat(sampled.get("first"))
        .containsEntry("message", "was executed again, and gave the recorded result");
    assertThat(runs("first")).isEqualTo(2);
    assertThat(of("first", run())).isEqualTo("hit ENTRY_FOUND TASK");
  }

  @Test
  void aComponentThatIsNotReproducibleIsStoppedAndCleared() throws Exception {
    Ir ir = new Ir().parameter("dir", "STRING", dir.toString());
    ir.task("counts")
        .fromPipeline("dir", "STRING")
        .writes("out", "STRING")
        .arg("{{$.inputs.parameters['dir']}}")
        .arg("{{$.outputs.parameters['out'].output_file}}")
        .sh("echo ran >> \"$1/counts.txt\"; wc -l < \"$1/counts.txt\" > \"$2\"");
    pipeline = Files.writeString(dir.resolve("counts.json"), ir.text());
    run();
    Map<String, Map<String, Object>> sampled =
        run("--reproducibility", "1", "--stop-when-not-reproducible");
    assertThat(sampled.get("counts").get("message"))
        .asString()
        .startsWith("was executed again, and gave another result than the recorded one");

    assertThat(of("counts", run())).startsWith("miss NOT_REPRODUCIBLE ");
    assertThat(Cli.at(dir, "stops").out()).startsWith("counts since ").contains("in place of");
    assertThat(Cli.at(dir, "stops", "--clear", "counts").out())
        .isEqualTo("counts can be used again\n");
    assertThat(Cli.at(dir, "stops").out()).isEqualTo("Nothing is stopped in namespace default.\n");
    assertThat(of("counts", run())).isEqualTo("miss INVALIDATED TASK");
    assertThat(of("counts", run())).isEqualTo("hit ENTRY_FOUND TASK");
  }

  @Test
  void switchesThatContradictEachOtherAreRefused() {
    Map<List<Object>, List<String>> cases =
        Map.of(
            List.of("--no-cache", "--read-only"), List.of("--no-cache and --read-only"),
            List.of("--no-cache", "--refresh", "first"), List.of("--refresh"),
            List.of("--no-cache", "--max-age", "P7D"), List.of("--max-age"),
            List.of("--no-cache", "--reproducibility", "0.1"), List.of("--reproducibility"),
            List.of("--read-only", "--refresh", "first"), List.of("--read-only and --refresh"),
            List.of("--read-only", "--reproducibility", "0.1"), List.of("--reproducibility"),
            List.of("--reproducibility", "2"), List.of("--reproducibility: is 2.0", "0.05"),
            List.of("--stop-when-not-reproducible"), List.of("needs --reproducibility"),
            List.of("--max-age", "7"), List.of("P30D"));
    cases.forEach(
        (switches, words) -> {
          Cli answer =
              Cli.at(dir, Stream.concat(Stream.of("run", pipeline), switches.stream()).toArray());
          assertThat(answer.code()).as("%s", switches).isEqualTo(2);
          assertThat(answer.err().lines()).as("%s", switches).hasSize(1);
          assertThat(answer.err()).startsWith("taskcache run: ").contains(words);
        });
  }

  @Test
  void statsAreThoseOfAllProcessesInTheTimeThatIsAskedFor() throws Exception {
    run();
    run();
    run();

    Map<String, Object> first = stats("--since", "P7D").get("first");
    assertThat(first)
        .containsEntry("namespace", "default")
        .containsEntry("hits", 2)
        .containsEntry("misses", 1)
        .containsEntry("reasons", Map.of("ENTRY_FOUND", 2, "NO_ENTRY", 1))
        .containsEntry("runs", 1)
        .containsEntry("stored", 1);
    assertThat((int) first.get("savedMillis")).isNotNegative();
    assertThat(stats().get("off")).containsEntry("bypassed", 3).containsEntry("runs", 0);
    assertThat(Cli.at(dir, "stats").out())
        .containsPattern("NAMESPACE +COMPONENT +HITS +MISSES")
        .containsPattern("default +first +2 +1 +0 +67 %")
        .contains("first: NO_ENTRY 1", "saved ");

    execute("UPDATE taskcache_stats SET bucket = bucket - 8 * 86400000000");
    run();
    assertThat(stats("--since", "P7D").get("first")).containsEntry("hits", 1);
    assertThat(stats("--since", "P9D").get("first")).containsEntry("hits", 3);
    assertThat(stats("--namespace", "another")).isEmpty();
    execute("UPDATE taskcache_stats SET bucket = bucket - 90 * 86400000000");
    assertThat(Cli.at(dir, "purge").code()).isZero();
    assertThat(Cli.at(dir, "stats", "--since", "P900D").out())
        .isEqualTo("Nothing was counted in that time.\n");
  }

  private Map<String, Map<String, Object>> stats(Object... options) {
    Object[] words = Stream.concat(Stream.of("stats", "--json"), Arrays.stream(options)).toArray();
    return Cli.at(dir, words).json().stream()
        .collect(Collectors.toMap(line -> (String) line.get("component"), line -> line));
  }
}

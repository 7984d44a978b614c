package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one process records the next one finds: nothing is shared but a file and its folder. */
@Timeout(300)
class ProcessesTest {
  @TempDir private Path dir;
  private Path pipeline;
  private Map<String, String> variables;

  /** Writes an artifact, reads it, and beside both a task of its own; each leaves a line. */
  @BeforeEach
  void write() throws IOException {
    Ir ir = new Ir().parameter("seed", "NUMBER_INTEGER", 1);
    traced(ir, "source")
        .fromPipeline("seed", "NUMBER_INTEGER")
        .writesArtifact("data")
        .arg("{{$.inputs.parameters['seed']}}")
        .arg("{{$.outputs.artifacts['data'].path}}")
        .sh("echo run >> \"$1\"; printf %s \"$2\" > \"$3\"");
    traced(ir, "reader")
        .reads("data", "source")
        .writes("text", "STRING")
        .arg("{{$.inputs.artifacts['data'].path}}")
        .arg("{{$.outputs.parameters['text'].output_file}}")
        .sh("echo run >> \"$1\"; cat \"$2\" > \"$3\"");
    traced(ir, "beside").sh("echo run >> \"$1\"");
    ir.output("text", "STRING", "reader");
    pipeline = Files.writeString(dir.resolve("pipeline.json"), ir.text());
    variables = Map.of("TASKCACHE_STORE", dir.resolve("store/tasks.db").toString());
  }

  private Ir.TaskIr traced(Ir ir, String name) {
    return ir.task(name)
        .constant("trace", "STRING", dir.resolve(name + ".runs").toString())
        .arg("{{$.inputs.parameters['trace']}}");
  }

  private int runs(String task) throws IOException {
    Path trace = dir.resolve(task + ".runs");
    return Files.exists(trace) ? Files.readAllLines(trace).size() : 0;
  }

  private Cli run(Object... more) {
    Cli answer =
        Child.run(
            variables,
            Stream.concat(Stream.of("run", pipeline, "--json"), Stream.of(more)).toArray());
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    return answer;
  }

  private static Map<String, String> reasons(Cli answer) {
    Map<String, String> reasons = new TreeMap<>();
    for (Map<String, Object> line : answer.json()) {
      if (line.containsKey("task")) {
        reasons.put((String) line.get("task"), line.get("decision") + " " + line.get("reason"));
      }
    }
    return reasons;
  }

  private static String id(Cli run) {
    List<Map<String, Object>> lines = run.json();
    return (String) lines.get(lines.size() - 1).get("id");
  }

  private Path artifact() throws IOException {
    try (Stream<Path> all = Files.walk(dir.resolve("store/artifacts/sha256"))) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertThat(files).hasSize(1);
      return files.get(0);
    }
  }

  @Test
  void theSecondFindsWhatTheFirstRecordedAndRunsOnlyWhatDependsOnAChange() throws Exception {
    assertThat(reasons(run()).values()).containsOnly("miss NO_EARLIER_RESULT");
    assertThat(reasons(run()).values()).containsOnly("hit ENTRY_FOUND");
    assertThat(reasons(run("--param", "seed=2")))
        .isEqualTo(
            Map.of(
                "source", "miss INPUT_CHANGED",
                "reader", "miss INPUT_CHANGED",
                "beside", "hit ENTRY_FOUND"));
    assertThat(List.of(runs("source"), runs("reader"), runs("beside"))).containsExactly(2, 2, 1);
  }

  @Test
  void anExplanationComparesWithWhatOtherProcessesRan() {
    String first = id(run());
    String second = id(run("--param", "seed=2"));
    Object[] asked = {"explain", pipeline, "source", "--param", "seed=3"};
    Cli nearest = Child.run(variables, asked);
    assertThat(nearest.out())
        .startsWith("source: INPUT_CHANGED: input \"seed\" changed since run " + second)
        .contains("2 -> 3");
    Cli against =
        Child.run(
            variables, Stream.concat(Stream.of(asked), Stream.of("--against", first)).toArray());
    assertThat(against.out()).contains("since run " + first, "1 -> 3");
    Cli unknown =
        Child.run(
            variables, Stream.concat(Stream.of(asked), Stream.of("--against", "1-x")).toArray());
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).startsWith("taskcache: source: run 1-x is not among ");
  }

  @Test
  void anArtifactThatIsGoneIsMadeAgain() throws Exception {
    run();
    Path artifact = artifact();
    assertThat(artifact)
        .hasContent("1")
        .hasFileName("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b");
    Files.delete(artifact);
    Cli plan = Child.run(variables, "plan", pipeline, "--json");
    assertThat(reasons(plan)).containsEntry("source", "miss OUTPUT_MISSING");

    Cli again = run();
    assertThat(reasons(again))
        .isEqualTo(
            Map.of(
                "source", "miss OUTPUT_MISSING",
                "reader", "hit ENTRY_FOUND",
                "beside", "hit ENTRY_FOUND"));
    assertThat(again.json().toString()).contains(artifact.toUri() + " is not there");
    assertThat(artifact()).isEqualTo(artifact).hasContent("1");
    assertThat(reasons(run())).containsEntry("source", "hit ENTRY_FOUND");
    assertThat(List.of(runs("source"), runs("reader"))).containsExactly(2, 1);
  }

  @Test
  void anArtifactThatWasChangedIsNoticedByWhoReadsIt() throws Exception {
    run();
    Path artifact = artifact();
    Files.delete(artifact);
    Files.writeString(artifact, "2");
    assertThat(reasons(run())).containsEntry("source", "hit ENTRY_FOUND");
    Cli read = run("--verify", "digest");
    assertThat(reasons(read)).containsEntry("source", "miss OUTPUT_CHANGED");
    assertThat(read.json().toString()).contains("--verify digest");
    assertThat(artifact()).isEqualTo(artifact).hasContent("1");
    assertThat(reasons(run("--verify", "digest"))).containsEntry("source", "hit ENTRY_FOUND");
    assertThat(runs("source")).isEqualTo(2);

    Files.delete(artifact);
    assertThat(reasons(run("--verify", "none"))).containsEntry("source", "hit ENTRY_FOUND");
  }

  @Test
  void withoutAnyOptionTheStoreIsInTheUsersCacheFolder() throws Exception {
    variables = Map.of("XDG_CACHE_HOME", dir.resolve("cache").toString());
    run();
    assertThat(reasons(run()).values()).containsOnly("hit ENTRY_FOUND");
    assertThat(dir.resolve("cache/taskcache/taskcache.db")).isRegularFile();
    assertThat(dir.resolve("cache/taskcache/artifacts/sha256")).isDirectory();
    assertThat(reasons(run("--store", dir.resolve("other.db"))).values())
        .containsOnly("miss NO_EARLIER_RESULT");
  }

  @Test
  void aPlanLeavesNothingBehind() {
    Cli plan = Child.run(variables, "plan", pipeline, "--json");
    assertThat(reasons(plan)).containsEntry("source", "miss NO_EARLIER_RESULT");
    assertThat(dir.resolve("store")).doesNotExist();
  }
}

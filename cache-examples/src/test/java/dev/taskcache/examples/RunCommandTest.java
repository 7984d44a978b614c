package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} and {@code plan}, and what the command says to wrong usage. */
class RunCommandTest {
  private static final List<String> COUNTS =
      List.of("hits", "misses", "waited", "bypassed", "skipped", "failed");

  @TempDir private Path dir;
  private Path mixed;

  /** A pipeline in which every verdict of a run occurs but {@code waited}. */
  @BeforeEach
  void write() throws IOException {
    Ir ir = new Ir().parameter("go", "BOOLEAN", false).parameter("word", "STRING", "hello");
    ir.task("good")
        .writes("out", "STRING")
        .arg("{{$.outputs.parameters['out'].output_file}}")
        .fromPipeline("word", "STRING")
        .arg("{{$.inputs.parameters['word']}}")
        .sh("printf %s \"$2\" > \"$1\"")
        .output("out", "STRING", "good");
    ir.task("equal")
        .writes("out", "STRING")
        .arg("{{$.outputs.parameters['out'].output_file}}")
        .fromPipeline("word", "STRING")
        .arg("{{$.inputs.parameters['word']}}")
        .after("good")
        .sh("printf %s \"$2\" > \"$1\"");
    ir.task("off").notCached().sh(":");
    ir.task("bad").sh("echo very bad >&2; exit 7");
    ir.task("behind").after("bad").sh(":");
    ir.task("bad-and-off").notCached().sh("exit 8");
    ir.task("never")
        .fromPipeline("go", "BOOLEAN")
        .with("triggerPolicy", Map.of("condition", "inputs.parameter_values['go'] == true"))
        .sh(":");
    mixed = Files.writeString(dir.resolve("mixed.json"), ir.text());
  }

  @Test
  void aLineForEachTaskAndTheSummaryLast() {
    Cli answer = Cli.run("run", mixed, "--json", "--times", "2");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isEqualTo(1);
    List<Map<String, Object>> lines = answer.json();
    assertThat(lines).hasSize(16);
    List<Map<String, Object>> first = lines.subList(0, 7);
    assertThat(line("good", first)).containsEntry("decision", "miss").containsKey("millis");
    assertThat(line("good", first).get("key")).asString().startsWith("k1:");
    assertThat(line("equal", first))
        .containsEntry("decision", "hit")
        .containsEntry("reason", "ENTRY_FOUND")
        .containsEntry("key", line("good", first).get("key"))
        .containsKey("savedMillis");
    assertThat(line("off", first))
        .containsEntry("decision", "bypass")
        .containsEntry("reason", "CACHING_OFF")
        .containsEntry("key", null);
    assertThat(line("bad", first))
        .containsEntry("decision", "failed")
        .containsEntry("message", "exit code 7")
        .containsEntry("log", List.of("very bad"));
    assertThat(line("never", first))
        .containsEntry("decision", "skipped")
        .containsEntry("reason", "CONDITION_FALSE");
    assertThat(line("behind", first)).containsEntry("reason", "UPSTREAM_FAILED");
    assertThat(line("bad-and-off", first)).containsEntry("decision", "failed");

    summary(lines.get(7), Map.of("hits", 1, "misses", 1, "bypassed", 1, "skipped", 2, "failed", 2));
    summary(lines.get(15), Map.of("hits", 2, "bypassed", 1, "skipped", 2, "failed", 2));
  }

  private static Map<String, Object> line(String task, List<Map<String, Object>> lines) {
    return lines.stream().filter(each -> task.equals(each.get("task"))).findFirst().orElseThrow();
  }

  private static void summary(Map<String, Object> summary, Map<String, Integer> expected) {
    int tasks = 0;
    for (String count : COUNTS) {
      assertThat(summary).containsEntry(count, expected.getOrDefault(count, 0));
      tasks += (int) summary.get(count);
    }
    assertThat(summary).containsEntry("tasks", tasks).containsKey("savedMillis");
  }

  @Test
  void theTableShowsEachTaskAndTheEndOfWhatAFailedOnePrinted() {
    Cli answer = Cli.run("run", mixed, "--param", "word=bye=bye", "-p", "go=true", "-j", "1");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out())
        .contains("TASK ", " good ", "  bad: exit code 7", "    | very bad")
        .contains("out = bye=bye")
        .contains("7 tasks: 1 hit, 2 misses, 1 bypassed, 1 skipped, 2 failed; took ")
        .doesNotContain("\u001b", "\r");
  }

  @Test
  void aPlanIsLikeARunButWithWhatIsUnknown() {
    Cli answer = Cli.run("plan", mixed, "--json");
    assertThat(answer.code()).isZero();
    List<Map<String, Object>> lines = answer.json();
    assertThat(lines).hasSize(8);
    assertThat(lines.get(7))
        .containsEntry("tasks", 7)
        .containsEntry("misses", 3)
        .containsEntry("bypassed", 2)
        .containsEntry("waited", 1)
        .containsEntry("skipped", 1)
        .containsEntry("unknown", 0);
    assertThat(Cli.run("plan", mixed).out()).contains("TASK", "7 tasks: 3 misses");
  }

  @Test
  void badInputIsOneLineThatSaysWhere() throws Exception {
    Path broken = Files.writeString(dir.resolve("broken.yaml"), "pipelineInfo:\n  name: [x\n");
    Path wrong =
        Files.writeString(
            dir.resolve("wrong.json"),
            Files.readString(mixed).replace("comp-off\"}", "comp-of\"}"));
    Map<List<Object>, List<String>> cases =
        Map.of(
            List.of("run", dir.resolve("none.yaml")), List.of("none.yaml: there is no such file"),
            List.of("run", broken), List.of("broken.yaml:"),
            List.of("plan", wrong), List.of("wrong.json:1: ", "off.componentRef", "comp-of"),
            List.of("run", mixed, "-p", "nobody=1"), List.of("mixed.json: ", "nobody"),
            List.of("run", mixed, "-p", "go=perhaps"), List.of("mixed.json: ", "go"),
            List.of("run", mixed, "-p", "go"), List.of("--param"),
            List.of("run", mixed, "--jobs", "0"), List.of("--jobs is 0"),
            List.of("run"), List.of("PIPELINE"),
            List.of("walk"), List.of("walk"));
    cases.forEach(
        (args, words) -> {
          Cli answer = Cli.run(args.toArray());
          assertThat(answer.code()).as("%s", args).isEqualTo(2);
          assertThat(answer.out()).isEmpty();
          assertThat(answer.err().lines()).as("%s", args).hasSize(1);
          assertThat(answer.err()).startsWith("taskcache").contains(words);
        });
  }

  @Test
  void withoutArgumentsItPrintsItsUsage() {
    Cli answer = Cli.run();
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).startsWith("Usage: taskcache");
  }

  @Test
  void helpAndVersionAreAnswers() {
    for (String command : List.of("run", "plan", "compile", "key", "lint", "demo")) {
      Cli help = Cli.run(command, "--help");
      assertThat(help.code()).isZero();
      assertThat(help.out()).startsWith("Usage: taskcache " + command);
      assertThat(help.err()).isEmpty();
    }
    assertThat(Cli.run("--version").out()).startsWith("taskcache ");
  }
}

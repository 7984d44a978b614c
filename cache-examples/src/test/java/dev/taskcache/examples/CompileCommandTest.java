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

/** {@code compile}, and what runs of the plan do with the pipeline's file gone. */
@Timeout(300)
class CompileCommandTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @TempDir private Path dir;
  private Path pipeline;
  private Path plan;
  private Path images;

  /** Two tasks in an image that is a tag, and what they did in a file each. */
  @BeforeEach
  void write() throws IOException {
    Ir ir = new Ir().parameter("word", "STRING", "hello").parameter("n", "NUMBER_INTEGER", 1);
    ir.task("first")
        .constant("trace", "STRING", dir.resolve("first.runs").toString())
        .fromPipeline("word", "STRING")
        .fromPipeline("n", "NUMBER_INTEGER")
        .writes("text", "STRING")
        .arg("{{$.inputs.parameters['trace']}}")
        .arg("{{$.inputs.parameters['word']}} {{$.inputs.parameters['n']}}")
        .arg("{{$.outputs.parameters['text'].output_file}}")
        .sh("echo run >> \"$1\"; printf %s \"$2\" > \"$3\"");
    ir.task("second")
        .constant("trace", "STRING", dir.resolve("second.runs").toString())
        .from("first", "text", "STRING")
        .writes("loud", "STRING")
        .arg("{{$.inputs.parameters['trace']}}")
        .arg("{{$.inputs.parameters['text']}}")
        .arg("{{$.outputs.parameters['loud'].output_file}}")
        .sh("echo run >> \"$1\"; printf '%s!' \"$2\" > \"$3\"");
    ir.output("loud", "STRING", "second");
    String text = ir.text().replace("tests@" + DIGEST, "tests:1");
    pipeline = Files.writeString(dir.resolve("pipeline.json"), text);
    plan = dir.resolve("plan.json");
    images = Files.writeString(dir.resolve("images.txt"), "tests:1 " + DIGEST + "\n");
  }

  private int runs(String task) throws IOException {
    Path trace = dir.resolve(task + ".runs");
    return Files.exists(trace) ? Files.readAllLines(trace).size() : 0;
  }

  private Cli process(Object... words) {
    Map<String, String> variables =
        Map.of("TASKCACHE_STORE", dir.resolve("store/tasks.db").toString());
    Cli answer = Child.run(variables, words);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    return answer;
  }

  private static Map<String, String> tasks(Cli answer) {
    Map<String, String> tasks = new TreeMap<>();
    answer.json().stream()
        .filter(line -> line.containsKey("task"))
        .forEach(
            line ->
                tasks.put((String) line.get("task"), line.get("decision") + " " + line.get("key")));
    return tasks;
  }

  @Test
  void aPlanRunsWithItsPipelineGoneAndFindsWhatThePipelineRecorded() throws Exception {
    process("compile", pipeline, "--output", plan, "--images", images);
    Path copy = Files.move(pipeline, dir.resolve("elsewhere.json"));

    Cli run = process("run", "--compiled", plan);
    assertThat(run.out()).contains("2 tasks: 2 misses", "  loud = hello 1!");
    assertThat(List.of(runs("first"), runs("second"))).containsExactly(1, 1);
    assertThat(process("run", "--compiled", plan).out())
        .contains("2 tasks: 2 hits", "  loud = hello 1!");
    Cli again = process("run", "--compiled", plan, "--json");
    assertThat(tasks(again)).allSatisfy((task, line) -> assertThat(line).startsWith("hit k1:"));

    Cli original = process("run", copy, "--json", "--images", images);
    assertThat(tasks(original)).isEqualTo(tasks(again));
    assertThat(List.of(runs("first"), runs("second"))).containsExactly(1, 1);
  }

  @Test
  void aPlanFindsWhatItsPipelineRecordedAndPlansAndExplainsIt() throws Exception {
    process("run", pipeline, "--images", images, "--param", "word=bye", "--param", "n=2");
    process("compile", pipeline, "-o", plan, "--images", images, "-p", "word=bye", "-p", "n=2");
    Files.delete(pipeline);

    Cli run = process("run", "--compiled", plan, "--json");
    assertThat(tasks(run).values()).allMatch(line -> line.startsWith("hit "));
    assertThat(process("run", "--compiled", plan).out()).contains("  loud = bye 2!");
    assertThat(tasks(process("plan", "--compiled", plan, "--json")))
        .hasSize(2)
        .isEqualTo(tasks(run));
    assertThat(process("explain", "--compiled", plan, "first").out())
        .startsWith("first: ENTRY_FOUND");
    assertThat(tasks(process("plan", "--compiled", plan, "--json", "-p", "n=3")).get("first"))
        .startsWith("miss ");
    assertThat(List.of(runs("first"), runs("second"))).containsExactly(1, 1);
  }

  @Test
  void itSaysWhatItWrote() throws Exception {
    Cli text = Cli.run("compile", pipeline, "--output", plan);
    assertThat(text.out().lines())
        .containsExactly(
            plan + ": " + Files.size(plan) + " bytes of taskcache-plan 1",
            "tests:1 is a tag still: give --images for it");
    byte[] unpinned = Files.readAllBytes(plan);
    assertThat(Cli.run("compile", pipeline).out().getBytes()).isEqualTo(unpinned);

    Cli json = Cli.run("compile", pipeline, "--output", plan, "--images", images, "--json");
    assertThat(json.json())
        .containsExactly(
            Map.of(
                "output",
                plan.toString(),
                "compiler",
                "taskcache-plan",
                "version",
                "1",
                "bytes",
                (int) Files.size(plan),
                "images",
                Map.of("tests:1", DIGEST),
                "unresolvedImages",
                List.of()));
    assertThat(Files.readAllBytes(plan)).isNotEqualTo(unpinned);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactlyInAnyOrder(pipeline, plan, images);
    }
  }

  @Test
  void whatCannotBeCompiledIsOneLineAndLeavesTheFileAsItWas() throws Exception {
    Files.writeString(plan, "before");
    refused(
        pipeline
            + ": options.parameters.words: the pipeline has no such parameter; it has [n, word]",
        "compile",
        pipeline,
        "-o",
        plan,
        "-p",
        "words=a");
    refused(
        pipeline + ": options.parameters.n: the value is no NUMBER_INTEGER; give one",
        "compile",
        pipeline,
        "-o",
        plan,
        "-p",
        "n=1.5");
    refused(
        dir.resolve("none.yaml") + ": there is no such file",
        "compile",
        dir.resolve("none.yaml"),
        "-o",
        plan);
    assertThat(plan).content().isEqualTo("before");
    Cli misused = Cli.run("compile", pipeline, "--json");
    assertThat(misused.code()).isEqualTo(2);
    assertThat(misused.err()).startsWith("taskcache compile: --json needs --output FILE");
  }

  @Test
  void aPlanThatIsNoneOrDamagedOrNewerIsRefused() throws Exception {
    refused(
        pipeline + ":1: is no plan; make one of it with KfpPlanCompiler or `taskcache compile`",
        "run",
        "--compiled",
        pipeline);
    Cli.run("compile", pipeline, "-o", plan);
    String text = Files.readString(plan);
    Files.writeString(plan, text.replace("tests:1", "tests:2"));
    refused(plan + ":2: digest: is sha256:", "run", "--compiled", plan);
    Files.writeString(plan, text.replace("taskcache-plan/1", "taskcache-plan/2"));
    refused(plan + ":3: format: is \"taskcache-plan/2\"", "run", "--compiled", plan);
    Files.writeString(plan, text.substring(0, text.length() / 2));
    refused(plan + ":", "run", "--compiled", plan);
    Files.writeString(plan, text);
    refused(plan + ":5: pipeline: is in a plan already", "compile", plan);
  }

  private static void refused(String why, Object... words) {
    Cli answer = Cli.run(words);
    assertThat(answer.err()).startsWith("taskcache: " + why).hasLineCount(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(2);
  }

  @Test
  void helpNamesItsOptions() {
    assertThat(Cli.run("compile", "--help").out())
        .contains(
            "--output=FILE", "--to=WHAT", "plan", "--param=NAME=VALUE", "--images=FILE", "--json");
    assertThat(Cli.run("run", "--help").out()).contains("--compiled");
    assertThat(Cli.run("compile", pipeline, "--to", "wasm").err())
        .contains("'wasm'")
        .hasLineCount(1);
  }
}

package dev.taskcache.examples;

import static dev.taskcache.examples.RunFixture.of;
import static dev.taskcache.examples.RunFixture.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipelineRunnerTest {
  private static final String TRACE = "echo run >> \"$1/$2\"";

  @TempDir private Path dir;

  /** A task that leaves a line in a file of its name. */
  private static Ir.TaskIr traced(Ir ir, String name) {
    return ir.task(name)
        .fromPipeline("dir", "STRING")
        .arg("{{$.inputs.parameters['dir']}}")
        .arg(name);
  }

  @Test
  void aFailureStopsWhatDependsOnItAndTheNextRunExecutesJustWhatIsMissing() throws Exception {
    Ir ir = new Ir();
    traced(ir, "first")
        .writesArtifact("data")
        .arg("{{$.outputs.artifacts['data'].path}}")
        .sh(TRACE + "; echo 1 > \"$3\"");
    traced(ir, "broken")
        .reads("data", "first")
        .sh(TRACE + "; echo no luck >&2; test -e \"$1/repaired\"");
    traced(ir, "after").after("broken").sh(TRACE);
    traced(ir, "beside").reads("data", "first").sh(TRACE);
    try (RunFixture fixture = new RunFixture(dir, 2)) {
      LocalPipeline source = fixture.source(ir);

      RunResult failed = fixture.run(source);
      assertThat(verdicts(failed.tasks()))
          .isEqualTo(
              Map.of(
                  "first", Verdict.MISS,
                  "broken", Verdict.FAILED,
                  "after", Verdict.SKIPPED,
                  "beside", Verdict.MISS));
      assertThat(failed.summary().exitCode()).isEqualTo(ExitCodes.TASK_FAILED);
      TaskResult broken = of("broken", failed.tasks());
      assertThat(broken.reason()).isEqualTo("COMMAND_FAILED");
      assertThat(broken.message()).isEqualTo("exit code 1");
      assertThat(broken.log()).containsExactly("no luck");
      assertThat(broken.key()).startsWith("k1:");
      assertThat(of("after", failed.tasks()).reason()).isEqualTo("UPSTREAM_FAILED");

      Files.createFile(dir.resolve("repaired"));
      RunResult repaired = fixture.run(source);
      assertThat(verdicts(repaired.tasks()))
          .isEqualTo(
              Map.of(
                  "first", Verdict.HIT,
                  "broken", Verdict.MISS,
                  "after", Verdict.MISS,
                  "beside", Verdict.HIT));
      assertThat(of("broken", repaired.tasks()).key()).isEqualTo(broken.key());
      assertThat(repaired.summary().exitCode()).isEqualTo(ExitCodes.OK);

      assertThat(fixture.lines("first")).hasSize(1);
      assertThat(fixture.lines("broken")).hasSize(2);
      assertThat(fixture.lines("after")).hasSize(1);
      assertThat(fixture.lines("beside")).hasSize(1);
    }
  }

  @Test
  void aTaskWithoutOutputsIsCachedToo() throws Exception {
    Ir ir = traced(new Ir(), "only").sh(TRACE);
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      fixture.run(source);
      RunResult again = fixture.run(source);
      assertThat(of("only", again.tasks()).verdict()).isEqualTo(Verdict.HIT);
      assertThat(of("only", again.tasks()).saved()).isNotNull();
      assertThat(fixture.lines("only")).hasSize(1);
    }
  }

  @Test
  void aTaskWhoseCachingIsOffRunsEveryTimeAndItsLineIsNamed() throws Exception {
    Ir ir = traced(new Ir(), "only").notCached().sh(TRACE);
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      fixture.run(source);
      TaskResult again = of("only", fixture.run(source).tasks());
      assertThat(again.verdict()).isEqualTo(Verdict.BYPASS);
      assertThat(again.reason()).isEqualTo("CACHING_OFF");
      assertThat(again.message())
          .startsWith("mode = OFF (TASK, test.json:1: ")
          .contains("only.cachingOptions");
      assertThat(again.key()).isNull();
      assertThat(fixture.lines("only")).hasSize(2);
    }
  }

  @Test
  void whatGivesTheSameContentStopsTheChangeThere() throws Exception {
    Ir ir = new Ir().parameter("seed", "NUMBER_INTEGER", 1);
    traced(ir, "source")
        .fromPipeline("seed", "NUMBER_INTEGER")
        .writesArtifact("data")
        .arg("{{$.outputs.artifacts['data'].path}}")
        .sh(TRACE + "; mkdir \"$3\"; echo same > \"$3/file\"");
    traced(ir, "reader")
        .reads("data", "source")
        .writes("text", "STRING")
        .arg("{{$.inputs.artifacts['data'].path}}")
        .arg("{{$.outputs.parameters['text'].output_file}}")
        .sh(TRACE + "; cat \"$3/file\" > \"$4\"");
    ir.output("text", "STRING", "reader");
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      RunResult first = fixture.run(source);
      assertThat(first.outputs()).isEqualTo(Map.of("text", new InputValue.Text("same\n")));

      RunResult changed = fixture.run(source.with(Map.of("seed", "2")));
      assertThat(verdicts(changed.tasks()))
          .isEqualTo(Map.of("source", Verdict.MISS, "reader", Verdict.HIT));
      assertThat(changed.outputs()).isEqualTo(first.outputs());
    }
  }

  @Test
  void iterationsAreCalledByTheirNumber() throws Exception {
    Ir ir = new Ir();
    traced(ir, "train")
        .with(
            "parameterIterator",
            Map.of("itemInput", "item", "items", Map.of("raw", "[\"x\", \"y\", \"z\"]")))
        .constant("item", "STRING", "")
        .arg("{{$.inputs.parameters['item']}}")
        .sh("echo \"$3\" >> \"$1/$2\"");
    try (RunFixture fixture = new RunFixture(dir, 2)) {
      LocalPipeline source = fixture.source(ir);
      RunResult first = fixture.run(source);
      assertThat(first.tasks().stream().map(TaskResult::task))
          .containsExactlyInAnyOrder("train[0]", "train[1]", "train[2]");
      assertThat(fixture.lines("train")).containsExactlyInAnyOrder("x", "y", "z");
      assertThat(
              first.tasks().stream().sorted(new TaskOrder(source.pipeline())).map(TaskResult::task))
          .containsExactly("train[0]", "train[1]", "train[2]");
      assertThat(verdicts(fixture.run(source).tasks()).values()).containsOnly(Verdict.HIT);
    }
  }

  @Test
  void aTaskWhoseInputsAreWrongCountsAsFailed() throws Exception {
    Ir ir = new Ir().parameter("items", "STRING", "no list");
    ir.task("each")
        .fromPipeline("items", "STRING")
        .constant("item", "STRING", "")
        .with(
            "parameterIterator",
            Map.of("itemInput", "item", "items", Map.of("inputParameter", "items")))
        .sh(":");
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      RunResult result = fixture.run(fixture.source(ir));
      assertThat(result.tasks()).hasSize(1);
      assertThat(result.tasks().get(0).verdict()).isEqualTo(Verdict.FAILED);
      assertThat(result.tasks().get(0).reason()).isEqualTo("INVALID");
      assertThat(result.summary().exitCode()).isEqualTo(ExitCodes.TASK_FAILED);
    }
  }

  @Test
  void anotherNamespaceHasItsOwnResults() throws Exception {
    Ir ir = traced(new Ir(), "only").sh(TRACE);
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      fixture.run(source);
      RunResult elsewhere = fixture.run(source.in("elsewhere"));
      assertThat(verdicts(elsewhere.tasks())).containsValue(Verdict.MISS);
      assertThat(fixture.lines("only")).hasSize(2);
    }
  }

  @Test
  void aCommandThatThisMachineDoesNotHaveFailsItsTaskClearly() throws Exception {
    Ir ir = new Ir().task("program").command("no-such-program", "x");
    ir.task("entrypoint").command();
    ir.task("beside").sh(":");
    try (RunFixture fixture = new RunFixture(dir, 2)) {
      List<TaskResult> tasks = fixture.run(fixture.source(ir)).tasks();
      assertThat(of("program", tasks).reason()).isEqualTo("CANNOT_EXECUTE");
      assertThat(of("program", tasks).message()).startsWith("no-such-program cannot be started");
      assertThat(of("entrypoint", tasks).reason()).isEqualTo("CANNOT_EXECUTE");
      assertThat(of("entrypoint", tasks).message()).contains("entrypoint of its image");
      assertThat(of("beside", tasks).verdict()).isEqualTo(Verdict.MISS);
    }
  }

  @Test
  void aCommandSeesNoEnvironmentButItsOwn() throws Exception {
    Ir ir = new Ir();
    ir.task("env")
        .env("GREETING", "hello")
        .writes("names", "STRING")
        .arg("{{$.outputs.parameters['names'].output_file}}")
        .sh("test \"$GREETING\" = hello; env | sed 's/=.*//' > \"$1\"")
        .output("names", "STRING", "env");
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      InputValue names = fixture.run(fixture.source(ir)).outputs().get("names");
      // The shell itself may set the last four.
      assertThat(((InputValue.Text) names).value().lines())
          .contains("PATH", "GREETING", "TMPDIR")
          .isSubsetOf("PATH", "HOME", "GREETING", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_");
    }
  }

  @Test
  void theScratchFolderIsGoneAtTheEnd() throws Exception {
    Path folder;
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      folder = fixture.session().folder();
      fixture.run(fixture.source(traced(new Ir(), "only").sh("touch here; " + TRACE)));
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).doesNotExist();
  }
}

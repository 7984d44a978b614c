package dev.taskcache.examples;

import static dev.taskcache.examples.RunFixture.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task writes, and what that becomes. */
class OutputsTest {
  @TempDir private Path dir;

  private RunResult run(Ir ir) throws InterruptedException {
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      return fixture.run(fixture.source(ir));
    }
  }

  /** One task with one output parameter, which is the text. */
  private RunResult written(String type, String text) throws InterruptedException {
    return run(
        new Ir()
            .task("write")
            .constant("text", "STRING", text)
            .writes("value", type)
            .arg("{{$.inputs.parameters['text']}}")
            .arg("{{$.outputs.parameters['value'].output_file}}")
            .sh("printf %s \"$1\" > \"$2\"")
            .output("value", type, "write"));
  }

  @Test
  void parametersHaveTheirTypes() throws Exception {
    Map<List<String>, Object> cases =
        Map.of(
            List.of("STRING", " 5 \n"),
            " 5 \n",
            List.of("STRING", ""),
            "",
            List.of("NUMBER_INTEGER", "42\n"),
            42,
            List.of("NUMBER_DOUBLE", "42"),
            42.0,
            List.of("NUMBER_DOUBLE", "1.5e3"),
            1500.0,
            List.of("BOOLEAN", "true"),
            true,
            List.of("BOOLEAN", "False\n"),
            false,
            List.of("LIST", "[1, \"a\"]"),
            List.of(1, "a"),
            List.of("STRUCT", "{\"a\": {\"$b\": null}}"),
            Map.of("a", nothing("$b")));
    for (Map.Entry<List<String>, Object> each : cases.entrySet()) {
      RunResult result = written(each.getKey().get(0), each.getKey().get(1));
      assertThat(result.outputs())
          .as("%s: %s", each.getKey(), result.tasks())
          .isEqualTo(Map.of("value", InputValue.of(each.getValue())));
    }
  }

  private static Map<String, Object> nothing(String name) {
    Map<String, Object> map = new HashMap<>();
    map.put(name, null);
    return map;
  }

  @Test
  void aMalformedParameterFailsItsTaskAndNamesOutputAndFile() throws Exception {
    Map<List<String>, String> cases =
        Map.of(
            List.of("NUMBER_INTEGER", "many"), "not JSON",
            List.of("NUMBER_INTEGER", "5.5"), "int",
            List.of("NUMBER_INTEGER", ""), "too early",
            List.of("NUMBER_DOUBLE", "\"5\""), "float64",
            List.of("BOOLEAN", "yes"), "not JSON",
            List.of("LIST", "{}"), "list",
            List.of("STRUCT", "[]"), "map");
    for (Map.Entry<List<String>, String> each : cases.entrySet()) {
      RunResult result = written(each.getKey().get(0), each.getKey().get(1));
      TaskResult task = of("write", result.tasks());
      assertThat(task.verdict()).as("%s", each.getKey()).isEqualTo(Verdict.FAILED);
      assertThat(task.reason()).isEqualTo("OUTPUT_INVALID");
      assertThat(task.message())
          .startsWith("output parameter value: ")
          .contains("parameters/value: ", each.getValue());
    }
  }

  @Test
  void aParameterThatIsNotWrittenFailsItsTask() throws Exception {
    TaskResult task =
        of("lazy", run(new Ir().task("lazy").writes("value", "STRING").sh(":")).tasks());
    assertThat(task.reason()).isEqualTo("OUTPUT_INVALID");
    assertThat(task.message()).contains("output parameter value", "the file was not written");
  }

  @Test
  void aMalformedOutputIsNotRecorded() throws Exception {
    Ir ir =
        new Ir()
            .task("write")
            .writes("value", "NUMBER_INTEGER")
            .arg("{{$.outputs.parameters['value'].output_file}}")
            .sh("echo x > \"$1\"");
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      fixture.run(source);
      assertThat(fixture.session().plan(source))
          .extracting(TaskResult::verdict)
          .containsExactly(Verdict.MISS);
    }
  }

  @Test
  void theExecutorOutputHasTheLastWord() throws Exception {
    Ir ir = new Ir();
    ir.task("python")
        .writes("count", "NUMBER_INTEGER")
        .writesArtifact("data")
        .writesArtifact("elsewhere")
        .writesArtifact("metrics")
        .arg("{{$}}")
        .arg("{{$.outputs.artifacts['data'].path}}")
        .sh(
            """
            out=$(printf %s "$1" | sed 's/.*"outputFile":"\\([^"]*executor_output.json\\)".*/\\1/')
            echo content > "$2"
            printf '{"parameterValues": {"count": 7}, "artifacts": {
              "data": {"artifacts": [{"name": "data", "uri": "%s", "metadata": {"rows": 1}}]},
              "elsewhere": {"artifacts": [{"uri": "s3://bucket/x"}]},
              "metrics": {"artifacts": [{"metadata": {"accuracy": 0.5}}]}}}' "$2" > "$out"
            """)
        .task("reader")
        .reads("data", "python")
        .reads("elsewhere", "python")
        .reads("metrics", "python")
        .from("python", "count", "NUMBER_INTEGER")
        .writes("seen", "STRING")
        .arg("{{$.inputs.parameters['count']}}")
        .arg("{{$.inputs.artifacts['data'].path}}")
        .arg("{{$.inputs.artifacts['elsewhere'].uri}}")
        .arg("{{$.inputs.artifacts['metrics'].metadata}}")
        .arg("{{$.outputs.parameters['seen'].output_file}}")
        .sh("printf '%s %s %s %s' \"$1\" \"$(cat \"$2\")\" \"$3\" \"$4\" > \"$5\"")
        .output("seen", "STRING", "reader");
    RunResult result = run(ir);
    assertThat(of("python", result.tasks()).message()).isEmpty();
    assertThat(((InputValue.Text) result.outputs().get("seen")).value())
        .as("%s", result.tasks())
        .isEqualTo("7 content s3://bucket/x {\"accuracy\":0.5}");
  }

  @Test
  void aMalformedExecutorOutputFailsItsTaskAndNamesThePlace() throws Exception {
    Ir ir =
        new Ir()
            .task("python")
            .writes("count", "NUMBER_INTEGER")
            .arg("{{$}}")
            .sh(
                """
                out=$(printf %s "$1" | sed 's/.*"outputFile":"\\([^"]*output.json\\)".*/\\1/')
                echo '{"parameterValues": [1]}' > "$out"
                """);
    TaskResult task = of("python", run(ir).tasks());
    assertThat(task.reason()).isEqualTo("OUTPUT_INVALID");
    assertThat(task.message()).contains("executor_output.json: parameterValues: must be a map");
  }

  @Test
  void anArtifactThatIsNotWrittenIsSaidToBeMissing() throws Exception {
    TaskResult task = of("lazy", run(new Ir().task("lazy").writesArtifact("data").sh(":")).tasks());
    assertThat(task.verdict()).isEqualTo(Verdict.MISS);
    assertThat(task.message()).startsWith("not stored: outputs.data: ");
  }

  @Test
  void argumentsDependOnWhatIsGiven() throws Exception {
    String ifPresent =
        "{\"IfPresent\": {\"InputName\": \"name\", \"Then\": [\"--name\","
            + " {\"Concat\": [\"<\", \"{{$.inputs.parameters['name']}}\", \">\"]}],"
            + " \"Else\": [\"--anonymous\"]}}";
    for (boolean named : List.of(true, false)) {
      Ir.TaskIr task = new Ir().task("echo").writes("seen", "STRING");
      task = named ? task.constant("name", "STRING", "a b") : task;
      RunResult result =
          run(
              task.optional("name", "STRING")
                  .arg("{{$.outputs.parameters['seen'].output_file}}")
                  .arg(ifPresent)
                  .sh("out=$1; shift; printf '%s|' \"$@\" > \"$out\"")
                  .output("seen", "STRING", "echo"));
      assertThat(result.outputs())
          .as("%s", result.tasks())
          .containsEntry("seen", new InputValue.Text(named ? "--name|<a b>|" : "--anonymous|"));
    }
  }
}

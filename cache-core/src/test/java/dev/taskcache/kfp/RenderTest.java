package dev.taskcache.kfp;

import static dev.taskcache.kfp.Pretend.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.JsonForm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Placeholders, filled in for an execution. */
class RenderTest {
  static final KfpPaths PATHS =
      new KfpPaths() {
        @Override
        public String outputParameterFile(String output) {
          return "/out/" + output + ".txt";
        }

        @Override
        public String outputArtifactPath(String output) {
          return "/out/" + output;
        }

        @Override
        public String outputArtifactUri(String output) {
          return "s3://out/" + output;
        }

        @Override
        public String inputArtifactPath(String input, int index, InputValue.Artifact artifact) {
          return "/in/" + input + "/" + index;
        }

        @Override
        public String executorOutputFile() {
          return "/out/executor_output.json";
        }
      };

  private static KfpTask all() {
    KfpRun run = Pretend.run("commands.yaml");
    InputValue.Artifact file =
        new InputValue.Artifact(
            "system.Dataset",
            Pretend.digest("file"),
            "s3://store/file",
            new InputValue.MapValue(Map.of("rows", new InputValue.Int(3))));
    run.succeeded(run.ready().get(0), Map.of("file", file));
    return run.ready().get(0);
  }

  @Test
  void everyPlaceholderIsFilledIn() {
    KfpCommand command = all().render(PATHS);
    assertThat(command.command()).containsExactly("run", "7");
    assertThat(command.args().subList(1, command.args().size()))
        .containsExactly(
            "say \"{{$}}\"+7",
            "3 false",
            "[1,2.5,\"x\"]",
            "{\"a\":{\"c\":null},\"b\":1}",
            "say \\\"{{$}}\\\"",
            "null",
            "/in/file/0",
            "s3://store/file",
            "3",
            "/out/loss.txt",
            "/out/model",
            "s3://out/model",
            "/out/executor_output.json",
            "--plain",
            "usual",
            "no-7",
            "{\"Concat\": 1, \"a text\": \"that looks alike\"}",
            "{\"data\": {\"Concat\": [\"x\"]}}",
            "all {{$.unknown}}");
    assertThat(command.env())
        .containsExactly(Map.entry("WHERE", "/out/model"), Map.entry("WHAT", "say \"{{$}}\""));
  }

  @Test
  void theWholeInputIsJson() {
    InputValue input = JsonForm.parse(all().render(PATHS).args().get(0));
    assertThat(input)
        .isEqualTo(
            JsonForm.parse(
                """
                {"inputs": {
                   "parameterValues": {"double": 3, "flag": false, "list": [1, 2.5, "x"],
                     "plain": "usual", "struct": {"a": {"c": null}, "b": 1},
                     "text": "say \\"{{$}}\\"", "whole": 7},
                   "artifacts": {"file": {"artifacts": [{"name": "file", "uri": "/in/file/0",
                     "type": {"schemaTitle": "system.Dataset", "schemaVersion": "0.0.1"},
                     "metadata": {"rows": 3}}]}}},
                 "outputs": {
                   "parameters": {"loss": {"outputFile": "/out/loss.txt"}},
                   "artifacts": {"model": {"artifacts": [{"name": "model", "uri": "/out/model",
                     "type": {"schemaTitle": "system.Model", "schemaVersion": "0.0.1"},
                     "metadata": {}}]}},
                   "outputFile": "/out/executor_output.json"}}
                """));
  }

  @Test
  void whatIsKeyedKeepsItsPlaceholders() {
    KfpTask all = all();
    assertThat(all.command()).containsExactly("run", "{{$.inputs.parameters['whole']}}");
    assertThat(all.args()).hasSize(20).startsWith("{{$}}");
    assertThat(all.env().get(0).value()).isEqualTo("{{$.outputs.artifacts['model'].path}}");
    assertThat(all.env().get(1).value()).isEqualTo("say \"{{$}}\"");
  }

  @Test
  void aPlaceThatTheExecutorDoesNotHaveIsRefused() {
    KfpTask workspace = task(Pretend.run("runs.yaml").ready(), "workspace");
    assertThatThrownBy(() -> workspace.render(PATHS))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("override KfpPaths.workspace()");
  }

  @Test
  void numbersAreWrittenAsKubeflowWritesThem() {
    assertThat(
            List.of(
                Numbers.text(1.0),
                Numbers.text(0.1),
                Numbers.text(1e21),
                Numbers.text(-1e-7),
                Numbers.text(-0.0)))
        .containsExactly("1", "0.1", "1000000000000000000000", "-0.0000001", "-0");
  }
}

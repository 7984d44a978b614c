package dev.taskcache.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.taskcache.examples.argo.ArgoWorkflowCompiler;
import dev.taskcache.key.ImageDigestResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Workflows of Argo: what they say, that they compute the same, and what is refused. */
class ArgoWorkflowCompilerTest {
  private static final Path FOLDER = Path.of("src/test/resources/argo");
  private static final String REPORT = text("report.yaml");

  @TempDir private Path dir;

  private static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String compiled(String ir, Map<String, ?> options) throws Exception {
    return new String(
        new ArgoWorkflowCompiler(ImageDigestResolver.NONE).compile(ir.getBytes(UTF_8), options),
        UTF_8);
  }

  @Test
  void aPipelineBecomesThisWorkflow() throws Exception {
    assertThat(compiled(REPORT, Map.of())).isEqualTo(text("report-workflow.yaml"));
  }

  @Test
  void theWorkflowComputesWhatARunComputes() throws Exception {
    ArgoInterpreter argo = new ArgoInterpreter(dir);
    Map<String, String> outputs = argo.run(compiled(REPORT, Map.of()), Map.of("rows", "21"));
    assertThat(outputs)
        .containsExactly(Map.entry("loud", "It says \"42\"!!!"), Map.entry("total", "42"));
    String run = Cli.run("run", FOLDER.resolve("report.yaml"), "-p", "rows=21").out();
    outputs.forEach((name, value) -> assertThat(run).contains("  " + name + " = " + value + "\n"));
    assertThat(argo.processes())
        .hasSize(5)
        .allSatisfy(process -> assertThat(process).containsEntry("image", "alpine:3.20"));
    assertThat(argo.processes().get(0))
        .containsEntry("MODE", "on")
        .containsEntry("ROWS", "21 rows")
        .hasEntrySatisfying("arguments", words -> assertThat(words).contains("|scale=0.5 null|"));
    assertThat(argo.processes())
        .anySatisfy(
            process ->
                assertThat(process)
                    .containsEntry("ROWS", "42 rows")
                    .hasEntrySatisfying(
                        "arguments", words -> assertThat(words).contains("|scale=2 null|")));
  }

  @Test
  void parametersAndImagesAreThoseOfThePlan() throws Exception {
    String digest = "sha256:" + "a".repeat(64);
    ArgoWorkflowCompiler compiler =
        new ArgoWorkflowCompiler(ImageDigestResolver.of(Map.of("alpine:3.20", digest)));
    byte[] workflow =
        compiler.compile(
            REPORT.getBytes(UTF_8), Map.of("parameters", Map.of("rows", 3, "image", "bash")));
    ArgoInterpreter argo = new ArgoInterpreter(dir);
    assertThat(argo.run(new String(workflow, UTF_8), Map.of())).containsEntry("total", "6");
    assertThat(argo.processes().stream().map(process -> process.get("image")).distinct())
        .containsExactlyInAnyOrder("alpine:3.20@" + digest, "bash");
  }

  @Test
  void textsThatReadersOfYamlDisagreeAboutAreQuoted() throws Exception {
    String workflow =
        compiled(
            REPORT.replace(
                "sh, -ec, 'mkdir", "'y', 'No', '1e3', '0o7', '1:30', '~', 'a: b', 'mkdir"),
            Map.of());
    assertThat(workflow)
        .contains("- \"y\"\n", "- \"No\"\n", "- \"1e3\"\n", "- \"0o7\"\n", "- \"1:30\"\n")
        .contains("- \"~\"\n", "- \"a: b\"\n");
  }

  /** What to change, into what, and how the refusal begins. */
  private static final List<String> REFUSED =
      List.of(
          "dependentTasks: [say]|parameterIterator: {itemInput: rows, items: {raw: '[1]'}}|root.dag.tasks.count-more.parameterIterator: is not carried over to Argo",
          "dependentTasks: [say]|triggerPolicy: {condition: 'true'}|root.dag.tasks.count-more.triggerPolicy: is not carried over",
          "dependentTasks: [say]|retryPolicy: {maxRetryCount: 2}|root.dag.tasks.count-more.retryPolicy: is not carried over",
          "componentInputParameter: rows}|componentInputParameter: rows, parameterExpressionSelector: 'parseJson(string_value)'}|root.dag.tasks.count.inputs.parameters.rows.parameterExpressionSelector: is not",
          "command: [sh|command: ['{{$}}'|deploymentSpec.executors.exec-shout.container.command[0]: {{$}} has no counterpart in Argo; use",
          "command: [sh|command: ['{{$.pipeline_job_name}}'|deploymentSpec.executors.exec-shout.container.command[0]: {{$.pipeline_job_name}} has no",
          "command: [sh|command: ['{{$.outputs.output_file}}'|deploymentSpec.executors.exec-shout.container.command[0]: {{$.outputs.output_file}} has",
          "command: [sh|command: ['{\"IfPresent\": {\"InputName\": \"text\", \"Then\": \"x\"}}'|deploymentSpec.executors.exec-shout.container.command[0]: is Concat or IfPresent",
          "command: [sh|command: ['{{workflow.name}}'|deploymentSpec.executors.exec-shout.container.command[0]: has {{, which Argo takes for a tag",
          "command: [sh|command: ['{{{$.inputs.parameters[''text'']}}}'|deploymentSpec.executors.exec-shout.container.command[0]: has a { before a placeholder",
          "value: 'on'|value: '{{x}}'|deploymentSpec.executors.exec-count.container.env[0].value: has {{, which",
          "constant: null|constant: '{{x}}'|root.dag.tasks.count-more.inputs.parameters.note.runtimeValue.constant: has {{",
          "constant: 'It says \"|constant: '{{$.pipeline_job_name}}|root.dag.tasks.say.inputs.parameters.text.runtimeValue.constant: {{$.pipeline_job_name}} has no",
          "env:|resources: {cpuLimit: 1.0}\n        env:|deploymentSpec.executors.exec-count.container.resources: is not carried over",
          "loud: {parameterType: STRING}\n  comp-twice|loud: {parameterType: STRING}\n      artifacts:\n        file: {artifactType: {schemaTitle: system.Dataset}}\n  comp-twice|components.comp-shout.outputDefinitions.artifacts.file: is an artifact",
          "rows: {parameterType: NUMBER_INTEGER}\n      tags|rows: {isOptional: true, parameterType: NUMBER_INTEGER}\n      tags|root.inputDefinitions.parameters.rows: is optional and has no default",
          "      count-more:|      count_more:|root.dag.tasks.count_more: is called \"count_more\"; in Argo it may have",
          "comp-count|comp.count|components[\"comp.count\"]: is called \"comp.count\"",
          "pipelinechannel--image|pipelinechannel/image|root.dag.tasks.say.inputs.parameters[\"pipelinechannel/image\"]: is called \"pipelinechannel/image\"; in Argo it may",
          "valueFromParameter: {outputParameterKey: total, producerSubtask: count}|valueFromOneof: {parameterSelectors: [{outputParameterKey: total, producerSubtask: count}]}|root.dag.outputs.parameters.total: is one of several tasks'",
          "schemaVersion: 2.1.0|---\nplatforms: {kubernetes: {deploymentSpec: {executors: {exec-count: {imagePullPolicy: Always}}}}}\n---|platforms.kubernetes.deploymentSpec.executors.exec-count: is what Kubernetes adds");

  @TestFactory
  Stream<DynamicTest> whatArgoCannotExpressIsRefusedWithItsPlace() {
    return REFUSED.stream()
        .map(
            each -> {
              String[] parts = each.split("\\|");
              return dynamicTest(parts[1], () -> refused(parts[0], parts[1], parts[2]));
            });
  }

  private static void refused(String old, String changed, String why) {
    assertThat(REPORT).contains(old);
    String ir = REPORT.replace(old, changed);
    if (changed.endsWith("---")) {
      ir = ir.substring(0, ir.lastIndexOf("---"));
    }
    String broken = ir;
    assertThatThrownBy(() -> compiled(broken, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void anImporterIsRefused() {
    String ir =
        """
        components:
          comp-importer:
            executorLabel: exec-importer
            outputDefinitions: {parameters: {}}
        deploymentSpec:
          executors:
            exec-importer:
              importer: {artifactUri: {constant: 's3://x'}, typeSchema: {schemaTitle: system.Dataset}}
        pipelineInfo: {name: importing}
        root:
          dag:
            tasks:
              importer: {componentRef: {name: comp-importer}}
        """;
    assertThatThrownBy(() -> compiled(ir, Map.of()))
        .hasMessageStartingWith("deploymentSpec.executors.exec-importer: is an importer");
  }

  @Test
  void theCommandWritesItAndNamesTheFileOfARefusal() throws Exception {
    Path workflow = dir.resolve("workflow.yaml");
    Cli answer =
        Cli.run("compile", FOLDER.resolve("report.yaml"), "--to", "argo", "-o", workflow, "--json");
    assertThat(answer.json())
        .containsExactly(
            Map.of(
                "output",
                workflow.toString(),
                "compiler",
                "argo-workflow",
                "version",
                "1+plan-1",
                "bytes",
                (int) Files.size(workflow),
                "images",
                Map.of(),
                "unresolvedImages",
                List.of()));
    assertThat(workflow).content().isEqualTo(text("report-workflow.yaml"));
    Path looping =
        Files.writeString(
            dir.resolve("p.yaml"),
            REPORT.replace("dependentTasks: [say]", "retryPolicy: {maxRetryCount: 2}"));
    Cli refused = Cli.run("compile", looping, "--to", "argo", "-o", dir.resolve("none.yaml"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "taskcache: "
                + looping
                + ": root.dag.tasks.count-more.retryPolicy: is not carried over to Argo; take it"
                + " out, or use another engine\n");
    assertThat(dir.resolve("none.yaml")).doesNotExist();
  }
}

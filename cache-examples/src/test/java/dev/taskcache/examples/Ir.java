package dev.taskcache.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pipelines of one level for tests, each task a shell script; written as JSON. */
final class Ir {
  private static final String IMAGE = "tests@sha256:" + "0".repeat(64);

  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final Map<String, Object> outputs = new LinkedHashMap<>();
  private final Map<String, Object> selectors = new LinkedHashMap<>();
  private final Map<String, Object> tasks = new LinkedHashMap<>();
  private final Map<String, Object> components = new LinkedHashMap<>();
  private final Map<String, Object> executors = new LinkedHashMap<>();

  Ir parameter(String name, String type, Object defaultValue) {
    parameters.put(name, Map.of("parameterType", type, "defaultValue", defaultValue));
    return this;
  }

  /** An output parameter of the pipeline, which is the task's of the same name. */
  Ir output(String name, String type, String task) {
    outputs.put(name, Map.of("parameterType", type));
    Object selector = Map.of("producerSubtask", task, "outputParameterKey", name);
    selectors.put(name, Map.of("valueFromParameter", selector));
    return this;
  }

  TaskIr task(String name) {
    return new TaskIr(name);
  }

  LocalPipeline source() {
    return LocalPipeline.parse("test.json", text());
  }

  String text() {
    Map<String, Object> dag = Map.of("tasks", tasks, "outputs", Map.of("parameters", selectors));
    Map<String, Object> root =
        Map.of(
            "inputDefinitions", Map.of("parameters", parameters),
            "outputDefinitions", Map.of("parameters", outputs),
            "dag", dag);
    return JsonLine.of(
        Map.of(
            "pipelineInfo",
            Map.of("name", "test"),
            "schemaVersion",
            "2.1.0",
            "root",
            root,
            "components",
            components,
            "deploymentSpec",
            Map.of("executors", executors)));
  }

  /** A task of the pipeline. */
  final class TaskIr {
    private final String name;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Object> given = new LinkedHashMap<>();
    private final Map<String, Object> givenArtifacts = new LinkedHashMap<>();
    private final Map<String, Object> inputs = new LinkedHashMap<>();
    private final Map<String, Object> inputArtifacts = new LinkedHashMap<>();
    private final Map<String, Object> outputs = new LinkedHashMap<>();
    private final Map<String, Object> outputArtifacts = new LinkedHashMap<>();
    private final List<String> dependencies = new ArrayList<>();
    private final List<String> args = new ArrayList<>();
    private final List<Object> env = new ArrayList<>();

    private TaskIr(String name) {
      this.name = name;
      fields.put("taskInfo", Map.of("name", name));
      fields.put("componentRef", Map.of("name", "comp-" + name));
      fields.put("cachingOptions", Map.of("enableCache", true));
    }

    private TaskIr input(String input, String type, Map<String, ?> source) {
      inputs.put(input, Map.of("parameterType", type));
      given.put(input, source);
      return this;
    }

    TaskIr constant(String input, String type, Object value) {
      return input(input, type, Map.of("runtimeValue", Map.of("constant", value)));
    }

    TaskIr fromPipeline(String input, String type) {
      return input(input, type, Map.of("componentInputParameter", input));
    }

    TaskIr from(String task, String output, String type) {
      after(task);
      Object source = Map.of("producerTask", task, "outputParameterKey", output);
      return input(output, type, Map.of("taskOutputParameter", source));
    }

    TaskIr optional(String input, String type) {
      inputs.put(input, Map.of("parameterType", type, "isOptional", true));
      return this;
    }

    TaskIr reads(String artifact, String task) {
      after(task);
      inputArtifacts.put(artifact, dataset());
      Object source = Map.of("producerTask", task, "outputArtifactKey", artifact);
      givenArtifacts.put(artifact, Map.of("taskOutputArtifact", source));
      return this;
    }

    TaskIr after(String task) {
      dependencies.add(task);
      return this;
    }

    TaskIr writes(String output, String type) {
      outputs.put(output, Map.of("parameterType", type));
      return this;
    }

    TaskIr writesArtifact(String output) {
      outputArtifacts.put(output, dataset());
      return this;
    }

    TaskIr notCached() {
      return with("cachingOptions", Map.of());
    }

    TaskIr with(String field, Object value) {
      fields.put(field, value);
      return this;
    }

    TaskIr env(String variable, String value) {
      env.add(Map.of("name", variable, "value", value));
      return this;
    }

    TaskIr arg(String arg) {
      args.add(arg);
      return this;
    }

    /** What the task executes; its arguments are {@code $1} and so on. */
    Ir sh(String script) {
      return command("sh", "-ec", script, "sh");
    }

    Ir command(String... words) {
      fields.put("dependentTasks", dependencies);
      fields.put("inputs", Map.of("parameters", given, "artifacts", givenArtifacts));
      tasks.put(name, fields);
      components.put(
          "comp-" + name,
          Map.of(
              "executorLabel", "exec-" + name,
              "inputDefinitions", Map.of("parameters", inputs, "artifacts", inputArtifacts),
              "outputDefinitions", Map.of("parameters", outputs, "artifacts", outputArtifacts)));
      Object container =
          Map.of("image", IMAGE, "command", List.of(words), "args", args, "env", env);
      executors.put("exec-" + name, Map.of("container", container));
      return Ir.this;
    }
  }

  private static Object dataset() {
    return Map.of("artifactType", Map.of("schemaTitle", "system.Dataset"));
  }
}

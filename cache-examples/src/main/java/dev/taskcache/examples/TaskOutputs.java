package dev.taskcache.examples;

import dev.taskcache.examples.TaskFailedException.Why;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.kfp.KfpTask;
import dev.taskcache.store.Outputs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a task has written, by the rules of Kubeflow. Not thread-safe. */
final class TaskOutputs {
  private final KfpTask task;
  private final ExecutionFolder folder;
  private final Artifacts artifacts;
  private final ExecutorOutput written;

  private TaskOutputs(
      KfpTask task, ExecutionFolder folder, Artifacts artifacts, ExecutorOutput written) {
    this.task = task;
    this.folder = folder;
    this.artifacts = artifacts;
    this.written = written;
  }

  /** The outputs of a task whose command has ended; its artifacts are taken from its folder. */
  static Outputs read(KfpTask task, ExecutionFolder folder, Artifacts artifacts)
      throws TaskFailedException, IOException {
    ExecutorOutput written;
    try {
      written = ExecutorOutput.read(folder.executorOutput());
    } catch (InvalidRequestException e) {
      throw invalid(task, "", folder.executorOutput(), String.valueOf(e.getMessage()));
    }
    TaskOutputs outputs = new TaskOutputs(task, folder, artifacts, written);
    Map<String, InputValue> values = new HashMap<>();
    for (Map.Entry<String, ValueType> parameter : task.outputParameters().entrySet()) {
      values.put(parameter.getKey(), outputs.parameter(parameter.getKey(), parameter.getValue()));
    }
    for (Map.Entry<String, ValueType> artifact : task.outputArtifacts().entrySet()) {
      InputValue value = outputs.artifact(artifact.getKey(), artifact.getValue());
      if (value != null) {
        values.put(artifact.getKey(), value);
      }
    }
    return new Outputs(new InputValue.MapValue(values));
  }

  private InputValue parameter(String name, ValueType type)
      throws TaskFailedException, IOException {
    InputValue given = written.parameter(name);
    Path file = given == null ? folder.parameter(name) : folder.executorOutput();
    String output = "output parameter " + name;
    if (given == null && !Files.isRegularFile(file)) {
      throw invalid(task, output, file, "the file was not written");
    }
    try {
      InputValue value = given == null ? fromText(Files.readString(file), type) : given;
      InputValue.MapValue single = new InputValue.MapValue(Map.of("value", value));
      return OutputSchema.of(Map.of("value", type))
          .conform(single)
          .entries()
          .getOrDefault("value", value);
    } catch (InvalidRequestException e) {
      throw invalid(task, output, file, String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      throw invalid(task, output, file, "the file is not UTF-8");
    }
  }

  private static InputValue fromText(String text, ValueType type) {
    if (type == ValueType.Scalar.TEXT) {
      return new InputValue.Text(text);
    } else if (type == ValueType.Scalar.BOOL) {
      // Python prints True, and Kubeflow takes it.
      return JsonForm.parse(text.toLowerCase(Locale.ROOT));
    }
    return JsonForm.parse(text);
  }

  /** An artifact that the task neither wrote nor described is absent. */
  private @Nullable InputValue artifact(String name, ValueType type) throws IOException {
    ValueType element = type instanceof ValueType.ListType list ? list.element() : type;
    String typeName =
        element instanceof ValueType.ArtifactType named ? named.name() : "system.Artifact";
    List<InputValue> found = new ArrayList<>();
    for (ExecutorOutput.Described described : written.artifacts(name)) {
      InputValue artifact = artifact(name, typeName, described);
      if (artifact != null) {
        found.add(artifact);
      }
    }
    if (type instanceof ValueType.ListType) {
      return new InputValue.ListValue(found);
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private @Nullable InputValue artifact(
      String name, String typeName, ExecutorOutput.Described described) throws IOException {
    String uri = described.uri();
    if (uri != null && !uri.equals(folder.outputArtifactUri(name))) {
      return new InputValue.Artifact(typeName, null, uri, described.metadata());
    } else if (Files.exists(folder.artifact(name))) {
      return artifacts.take(typeName, folder.artifact(name), described.metadata());
    }
    return described.metadata().entries().isEmpty()
        ? null
        : new InputValue.Artifact(typeName, null, null, described.metadata());
  }

  private static TaskFailedException invalid(
      KfpTask task, String output, Path file, String problem) {
    String what = output.isEmpty() ? "" : output + ": ";
    return new TaskFailedException(task.path(), Why.OUTPUT_INVALID, what + file + ": " + problem);
  }
}

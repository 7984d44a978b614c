package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that Kubeflow's own executors read: inputs, and where outputs go. Artifacts are at local
 * paths there, also where the field is called {@code uri}, as a process opens them.
 */
record ExecutorInput(KfpTask.Facts facts, KfpPaths paths, Placed placed) {

  /** A value as the process sees it. */
  @FunctionalInterface
  interface Placed {
    InputValue of(InputValue value);
  }

  String json() {
    return JsonText.json(map("inputs", inputs(), "outputs", outputs()));
  }

  private InputValue inputs() {
    Map<String, InputValue> parameters = new HashMap<>();
    facts.declaredParameters().forEach((name, value) -> parameters.put(name, placed.of(value)));
    Map<String, InputValue> artifacts = new HashMap<>();
    facts.artifacts().forEach((name, value) -> artifacts.put(name, artifacts(name, value)));
    Map<String, InputValue> inputs = new HashMap<>();
    putUnlessEmpty(inputs, "parameterValues", parameters);
    putUnlessEmpty(inputs, "artifacts", artifacts);
    return new InputValue.MapValue(inputs);
  }

  private InputValue artifacts(String input, InputValue value) {
    List<InputValue> given =
        value instanceof InputValue.ListValue list ? list.elements() : List.of(value);
    Signature.ArtifactKind kind = facts.component().inputs().artifacts().get(input);
    List<InputValue> artifacts = new ArrayList<>();
    for (InputValue each : given) {
      InputValue.Artifact artifact = (InputValue.Artifact) each;
      String path = paths.inputArtifactPath(input, artifacts.size(), artifact);
      artifacts.add(
          artifact(
              input,
              artifact.type(),
              kind == null ? null : kind.schemaVersion(),
              path,
              artifact.metadata()));
    }
    return map("artifacts", new InputValue.ListValue(artifacts));
  }

  private InputValue outputs() {
    Map<String, InputValue> outputs = new HashMap<>();
    Map<String, InputValue> parameters = new HashMap<>();
    Signature declared = facts.component().outputs();
    declared
        .parameters()
        .keySet()
        .forEach(
            name -> parameters.put(name, map("outputFile", text(paths.outputParameterFile(name)))));
    Map<String, InputValue> artifacts = new HashMap<>();
    declared
        .artifacts()
        .forEach(
            (name, kind) ->
                artifacts.put(
                    name,
                    map(
                        "artifacts",
                        new InputValue.ListValue(
                            List.of(
                                artifact(
                                    name,
                                    kind.type(),
                                    kind.schemaVersion(),
                                    paths.outputArtifactPath(name),
                                    InputValue.MapValue.EMPTY))))));
    putUnlessEmpty(outputs, "parameters", parameters);
    putUnlessEmpty(outputs, "artifacts", artifacts);
    outputs.put("outputFile", text(paths.executorOutputFile()));
    return new InputValue.MapValue(outputs);
  }

  private static InputValue artifact(
      String name,
      String type,
      @Nullable String version,
      String path,
      InputValue.MapValue metadata) {
    Map<String, InputValue> schema = new HashMap<>();
    schema.put("schemaTitle", text(type));
    if (version != null) {
      schema.put("schemaVersion", text(version));
    }
    Map<String, InputValue> artifact = new HashMap<>();
    artifact.put("name", text(name));
    artifact.put("type", new InputValue.MapValue(schema));
    artifact.put("uri", text(path));
    artifact.put("metadata", metadata);
    return new InputValue.MapValue(artifact);
  }

  private static InputValue text(String text) {
    return new InputValue.Text(text);
  }

  private static InputValue map(String name, InputValue value) {
    return new InputValue.MapValue(Map.of(name, value));
  }

  private static InputValue map(
      String name, InputValue value, String otherName, InputValue otherValue) {
    return new InputValue.MapValue(Map.of(name, value, otherName, otherValue));
  }

  private static void putUnlessEmpty(
      Map<String, InputValue> fields, String name, Map<String, InputValue> values) {
    if (!values.isEmpty()) {
      fields.put(name, new InputValue.MapValue(values));
    }
  }
}

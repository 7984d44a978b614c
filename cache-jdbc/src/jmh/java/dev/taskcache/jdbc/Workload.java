package dev.taskcache.jdbc;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.TaskKey;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.key.ValueType;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks of the benchmarks: ten inputs, an artifact and a number as outputs. */
final class Workload {
  static final String NAMESPACE = "default";

  private static final TaskIdentity TASK = new TaskIdentity("nightly", "run-20261125", "train");
  private static final OutputSchema OUTPUTS =
      OutputSchema.of(
          Map.of(
              "model",
              new ValueType.ArtifactType("system.Model"),
              "accuracy",
              ValueType.Scalar.FLOAT64));
  private static final ComponentSpec COMPONENT =
      ComponentSpec.builder()
          .name("train")
          .image(ImageRef.parse("registry.example/train@sha256:" + "0123456789abcdef".repeat(4)))
          .command(List.of("python", "-m", "train"))
          .args(List.of("--data", "{{inputs.dataset}}", "--epochs", "{{inputs.epochs}}"))
          .env(List.of(new EnvVar("PYTHONUNBUFFERED", "1")))
          .build();

  private Workload() {}

  /** The seed makes it another task. */
  static TaskRequest request(long seed) {
    return request(NAMESPACE, seed);
  }

  static TaskRequest request(String namespace, long seed) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("dataset", "s3://datasets/imagenet/2026-01/part-" + seed);
    inputs.put("model", "resnet50");
    inputs.put("optimizer", "adamw");
    inputs.put("label_column", "label");
    inputs.put("epochs", 30);
    inputs.put("batch_size", 256);
    inputs.put("seed", 1_000_003L * seed);
    inputs.put("learning_rate", 0.0003);
    inputs.put("dropout", 0.5);
    inputs.put("mixed_precision", true);
    return TaskRequest.builder(COMPONENT)
        .namespace(namespace)
        .identity(TASK)
        .inputs(inputs)
        .outputs(OUTPUTS)
        .version("3")
        .build();
  }

  static TaskKey key(long seed) {
    return request(seed).key(ImageDigestResolver.NONE);
  }

  static EntryId id(long seed) {
    return new EntryId(NAMESPACE, key(seed).key());
  }

  static Outputs outputs(long seed) {
    String digest = "sha256:" + ValueDigest.of(InputValue.of(seed)).hex();
    return Outputs.of(
        Map.of(
            "model",
            new InputValue.Artifact(
                "system.Model", digest, "s3://models/" + seed, InputValue.MapValue.EMPTY),
            "accuracy",
            0.93));
  }

  static NewEntry result(long seed) {
    Outputs outputs = outputs(seed);
    ValueDigest digest = ValueDigest.of(outputs.values());
    return new NewEntry(
        outputs,
        digest.hex(),
        digest.bytes(),
        key(seed).parts(false),
        COMPONENT.displayName(),
        TASK,
        Duration.ofSeconds(1234),
        null);
  }
}

package dev.taskcache.bench;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.TaskKey;
import dev.taskcache.key.ValueType;
import dev.taskcache.store.Outputs;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The task that the benchmarks ask for: a prepared component, and inputs as a host has them. */
final class Workload {
  static final OutputSchema OUTPUTS =
      OutputSchema.of(
          Map.of(
              "model",
              new ValueType.ArtifactType("system.Model"),
              "accuracy",
              ValueType.Scalar.FLOAT64));

  static final ComponentSpec COMPONENT =
      ComponentSpec.builder()
          .name("train")
          .image(ImageRef.parse("registry.example/train@sha256:" + "0123456789abcdef".repeat(4)))
          .command(List.of("python", "-m", "train"))
          .args(List.of("--data", "{{inputs.dataset}}", "--epochs", "{{inputs.epochs}}"))
          .env(List.of(new EnvVar("PYTHONUNBUFFERED", "1")))
          .build();

  private Workload() {}

  /** Twenty mixed inputs; the seed makes them those of another task. */
  static Map<String, Object> inputs(int seed) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    inputs.put("dataset", "s3://datasets/imagenet/2026-01/part-" + seed);
    inputs.put("model", "resnet50");
    inputs.put("optimizer", "adamw");
    inputs.put("schedule", "cosine");
    inputs.put("region", "eu-west-1");
    inputs.put("label_column", "label");
    inputs.put("note", "Zweiter Versuch, größerer Stapel");
    inputs.put("epochs", 30);
    inputs.put("batch_size", 256);
    inputs.put("seed", 1_000_003L * seed);
    inputs.put("workers", 8);
    inputs.put("max_steps", 450_000L);
    inputs.put("learning_rate", 0.0003);
    inputs.put("weight_decay", 0.05);
    inputs.put("dropout", 0.5);
    inputs.put("mixed_precision", true);
    inputs.put("resume", false);
    inputs.put("columns", List.of("id", "image", "label"));
    inputs.put("shape", List.of(3, 224, 224));
    inputs.put("augment", Map.of("flip", true, "crop", 0.875));
    return inputs;
  }

  static TaskRequest request(Map<String, ?> inputs) {
    return TaskRequest.builder(COMPONENT).inputs(inputs).outputs(OUTPUTS).version("3").build();
  }

  static Outputs outputs() {
    String digest = "sha256:" + "fedcba9876543210".repeat(4);
    return Outputs.of(
        Map.of(
            "model",
            new InputValue.Artifact("system.Model", digest, null, InputValue.MapValue.EMPTY),
            "accuracy",
            0.93));
  }

  static TaskKey key(TaskRequest request) {
    return request.key(ImageDigestResolver.NONE);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

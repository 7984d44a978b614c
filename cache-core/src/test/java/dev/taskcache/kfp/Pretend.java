package dev.taskcache.kfp;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executions that are only pretended, for tests: files of our own, made-up outputs and digests. */
final class Pretend {
  /** Every tag has a digest, and different tags have different ones. */
  static final ImageDigestResolver RESOLVER = reference -> Optional.of(digest(reference));

  private Pretend() {}

  static KfpPipeline pipeline(String name) {
    return KfpPipeline.parse(name, text(name));
  }

  static String text(String name) {
    try (var in = Pretend.class.getResourceAsStream("/kfp/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KfpRun run(String name) {
    return run(pipeline(name), Map.of());
  }

  static KfpRun run(KfpPipeline pipeline, Map<String, ?> parameters) {
    return KfpRun.builder(pipeline).parameters(parameters).runId("run-1").build();
  }

  static String digest(String content) {
    return String.format("sha256:%064x", content.hashCode() & 0xffffffffL);
  }

  static InputValue.Artifact artifact(String content) {
    return new InputValue.Artifact(
        "system.Dataset", digest(content), "s3://store/" + content, InputValue.MapValue.EMPTY);
  }

  /** Whether the file wants it to be cached and nothing speaks against it. */
  static boolean isCached(KfpTask task) {
    return task.request().notCached().isEmpty() && task.caching().mode() != Mode.OFF;
  }

  static String key(KfpTask task) {
    return task.request().key(RESOLVER).key().toString();
  }

  /** Lets every task succeed, with outputs made up from its path. */
  static List<KfpTask> everything(KfpRun run) {
    List<KfpTask> done = new ArrayList<>();
    for (List<KfpTask> ready = run.ready(); !ready.isEmpty(); ready = run.ready()) {
      for (KfpTask task : ready) {
        run.succeeded(task, task.isImporter() ? task.importedOutputs() : outputs(task));
        done.add(task);
      }
    }
    return done;
  }

  static Map<String, InputValue> outputs(KfpTask task) {
    Map<String, InputValue> outputs = new LinkedHashMap<>();
    task.outputParameters().forEach((name, type) -> outputs.put(name, value(type, task.path())));
    task.outputArtifacts().forEach((name, type) -> outputs.put(name, value(type, task.path())));
    return outputs;
  }

  private static InputValue value(ValueType type, String content) {
    if (type == ValueType.Scalar.INT) {
      return new InputValue.Int(content.length());
    } else if (type == ValueType.Scalar.FLOAT64) {
      return new InputValue.Float64(content.length() + 0.5);
    } else if (type == ValueType.Scalar.BOOL) {
      return new InputValue.Bool(true);
    } else if (type instanceof ValueType.ArtifactType) {
      return artifact(content);
    } else if (type instanceof ValueType.ListType list) {
      return new InputValue.ListValue(
          list.element() instanceof ValueType.ArtifactType
              ? List.of(artifact(content))
              : List.of());
    } else if (type instanceof ValueType.MapType) {
      return InputValue.MapValue.EMPTY;
    }
    return new InputValue.Text(content);
  }

  static KfpTask task(List<KfpTask> tasks, String path) {
    return tasks.stream().filter(task -> task.path().equals(path)).findFirst().orElseThrow();
  }

  static List<String> paths(List<KfpTask> tasks) {
    return tasks.stream().map(KfpTask::path).toList();
  }
}

package dev.taskcache;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import java.util.Map;

/** Requests for tests. */
final class Requests {
  private static final ComponentSpec TRAIN = ComponentSpec.named("train");

  private Requests() {}

  static TaskRequest.Builder train() {
    return TaskRequest.builder(TRAIN)
        .version("1")
        .identity(new TaskIdentity("pipeline", "7", "train"));
  }

  static TaskRequest train(int epochs) {
    return train().input("epochs", epochs).build();
  }

  /** A request whose task returns {@code {"auc": float64}}. */
  static TaskRequest named(int epochs) {
    return train().input("epochs", epochs).outputs(schema("auc", "float64")).build();
  }

  static OutputSchema schema(String name, String type) {
    for (ValueType.Scalar scalar : ValueType.Scalar.values()) {
      if (scalar.word().equals(type)) {
        return OutputSchema.of(Map.of(name, scalar));
      }
    }
    throw new AssertionError(type);
  }
}

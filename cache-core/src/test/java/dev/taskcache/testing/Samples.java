package dev.taskcache.testing;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.store.Outputs;
import java.util.Map;

/** Requests and results for tests. */
final class Samples {
  private Samples() {}

  static TaskRequest.Builder train() {
    return task("train");
  }

  /** A task in its pipeline, of no run in particular. */
  static TaskRequest.Builder task(String name) {
    return TaskRequest.builder(ComponentSpec.named(name))
        .version("1")
        .identity(new TaskIdentity("pipeline", null, name))
        .outputs(OutputSchema.parse("{\"auc\":\"float64\"}"));
  }

  static Outputs auc(double value) {
    return Outputs.of(Map.of("auc", value));
  }
}

package dev.taskcache.jdbc;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Outputs;
import java.util.Map;

/** What workers and their tests ask for: numbered tasks, each with one output. */
final class WorkerRequests {
  private static final ComponentSpec COMPONENT = ComponentSpec.named("count");
  private static final OutputSchema OUTPUTS =
      OutputSchema.of(Map.of("value", ValueType.Scalar.TEXT));

  private WorkerRequests() {}

  /** The request of a number, in a run of which the key knows nothing. */
  static TaskRequest of(int number, String run) {
    return TaskRequest.builder(COMPONENT)
        .version("1")
        .input("number", number)
        .outputs(OUTPUTS)
        .identity(new TaskIdentity("workers", run, String.valueOf(number)))
        .build();
  }

  /** What it is stored under. */
  static EntryId id(int number) {
    TaskRequest request = of(number, "any");
    return new EntryId(request.namespace(), request.key(ImageDigestResolver.NONE).key());
  }

  static Outputs outputs(String value) {
    return Outputs.of(Map.of("value", value));
  }

  static String value(Outputs outputs) {
    return ((InputValue.Text) outputs.get("value")).value();
  }
}

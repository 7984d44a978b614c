package dev.taskcache.testing;

import dev.taskcache.explain.Comparison;
import dev.taskcache.explain.Difference;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyOptions;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ResultType;
import dev.taskcache.key.TaskKey;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.Outputs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a task returns the same each time. */
final class Reproducibility {
  private static final ComponentSpec TASK = ComponentSpec.named("task");
  private static final KeyOptions OPTIONS = new KeyOptions("1", Map.of(), null, Set.of());

  private Reproducibility() {}

  static void check(Callable<?> task, int times) throws Exception {
    if (times < 2) {
      throw new IllegalArgumentException(
          times + " runs show nothing; run it two times, or more often");
    }
    InputValue.MapValue first = outputs(task.call());
    for (int run = 2; run <= times; run++) {
      InputValue.MapValue again = outputs(task.call());
      if (!ValueDigest.of(first).equals(ValueDigest.of(again))) {
        throw new AssertionError(
            "Expected the same outputs of "
                + times
                + " runs, but the first and number "
                + run
                + " differ:\n"
                + told(Comparison.between(parts(first), parts(again))));
      }
    }
  }

  private static InputValue.MapValue outputs(@Nullable Object result) {
    if (result == null) {
      return InputValue.MapValue.EMPTY;
    }
    return result instanceof Outputs outputs
        ? outputs.values()
        : ResultType.of(result.getClass()).encode(result);
  }

  /** What differs between two values is found in the place of inputs, of which keys tell it. */
  private static KeyParts parts(InputValue.MapValue outputs) {
    return TaskKey.of(TASK, null, outputs, OutputSchema.NONE, OPTIONS).parts(true);
  }

  private static String told(List<Difference> differences) {
    return differences.stream()
        .map(each -> "  " + each.place() + ": " + before(each) + " -> " + after(each) + "\n")
        .collect(Collectors.joining());
  }

  private static String before(Difference each) {
    return each.valueBefore() == null ? "nothing" : each.valueBefore();
  }

  private static String after(Difference each) {
    return each.valueAfter() == null ? "nothing" : each.valueAfter();
  }
}

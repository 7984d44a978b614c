package dev.taskcache.testing;

import dev.taskcache.CacheDecision;
import dev.taskcache.explain.Difference;
import dev.taskcache.store.WriteOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of decisions and results. */
final class Told {
  private Told() {}

  /** A decision with all that differs, a line for each. */
  static String of(CacheDecision decision) {
    return decision instanceof CacheDecision.Miss miss
        ? indented(decision) + of(miss.explanation().differences())
        : indented(decision);
  }

  /** Each difference on a line of its own. */
  static String of(List<Difference> differences) {
    return differences.stream().map(Told::indented).collect(Collectors.joining());
  }

  /**
   * What became of a result; null for one that was not to be written, of which only a face that
   * runs the task itself can tell.
   */
  static @Nullable WriteOutcome attempted(WriteOutcome write) {
    return write instanceof WriteOutcome.NotAttempted ? null : write;
  }

  /** What became of a result, for instance {@code already stored}. */
  static String of(WriteOutcome write) {
    if (write instanceof WriteOutcome.Superseded superseded) {
      return "superseded by " + (superseded.owner() == null ? "nobody" : "another");
    }
    String name = Objects.requireNonNull(write.getClass().getSimpleName());
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  private static String indented(Object line) {
    return "  " + line + "\n";
  }
}

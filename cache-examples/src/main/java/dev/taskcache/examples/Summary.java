package dev.taskcache.examples;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What became of a run's tasks, counted: each task once, under its {@link Verdict}. A task that was
 * executed and failed counts as failed and as nothing else.
 *
 * @param counts how many tasks by verdict
 * @param saved how long the recorded runs took that were not repeated
 */
record Summary(Map<Verdict, Integer> counts, Duration saved) {

  static Summary of(Collection<TaskResult> results) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    results.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
    Duration saved =
        results.stream()
            .map(TaskResult::saved)
            .filter(Objects::nonNull)
            .reduce(Duration.ZERO, Duration::plus);
    return new Summary(counts, saved);
  }

  int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  int tasks() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  int exitCode() {
    return count(Verdict.FAILED) > 0 ? ExitCodes.TASK_FAILED : ExitCodes.OK;
  }
}

package dev.taskcache.examples;

import dev.taskcache.key.InputValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A run that is over.
 *
 * @param id the run's id, which no other run has
 * @param tasks what became of each task, in the order of their ends
 * @param outputs the pipeline's own outputs, as far as they are known
 * @param time how long it took
 */
record RunResult(
    String id, List<TaskResult> tasks, Map<String, InputValue> outputs, Duration time) {
  Summary summary() {
    return Summary.of(tasks);
  }
}

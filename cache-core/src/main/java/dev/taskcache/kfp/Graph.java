package dev.taskcache.kfp;

import java.util.List;
import java.util.Map;

/**
 * A graph of tasks.
 *
 * @param tasks by name, each after those that it depends on, else by name
 * @param outputs where each of the graph's outputs comes from
 */
record Graph(Map<String, Task> tasks, Map<String, Output> outputs) implements Component.Body {

  /** The first of some tasks' outputs that exists; more than one where only one of them ran. */
  record Output(List<Selector> selectors, Spot spot) {}

  /** A task's output. */
  record Selector(String task, String key) {}
}

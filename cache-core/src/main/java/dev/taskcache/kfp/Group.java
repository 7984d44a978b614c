package dev.taskcache.kfp;

import dev.taskcache.policy.Layer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A graph in a run: the whole pipeline, a sub-pipeline, a condition, or an iteration of a loop. */
final class Group extends Node {
  private final Engine engine;
  private final Graph graph;
  private final TaskInputs inputs;
  private final @Nullable Layer caching;
  private final Map<String, Node> children = new HashMap<>();
  private final Map<String, Integer> waitingFor = new HashMap<>();
  private final Map<String, List<Task>> dependents = new HashMap<>();
  private int open;

  /**
   * A group.
   *
   * @param caching what counts for everything inside; null if nothing was said
   */
  Group(
      Engine engine,
      Graph graph,
      TaskInputs inputs,
      @Nullable Layer caching,
      @Nullable Node parent,
      String name,
      String path) {
    super(parent, name, path);
    this.engine = engine;
    this.graph = graph;
    this.inputs = inputs;
    this.caching = caching;
  }

  /** Begins the tasks that wait for nothing. */
  void start() {
    open = graph.tasks().size();
    for (Task task : graph.tasks().values()) {
      waitingFor.put(task.name(), task.after().size());
      task.after()
          .forEach(
              before -> dependents.computeIfAbsent(before, key -> new ArrayList<>()).add(task));
    }
    graph.tasks().values().stream()
        .filter(task -> task.after().isEmpty())
        .forEach(task -> children.put(task.name(), engine.begin(task, this)));
  }

  @Override
  void ended(Node part) {
    for (Task task : dependents.getOrDefault(part.name(), List.of())) {
      if (waitingFor.merge(task.name(), -1, Integer::sum) == 0) {
        children.put(task.name(), engine.begin(task, this));
      }
    }
    open--;
    if (open == 0) {
      engine.end(this, summary(children.values()));
    }
  }

  /** How something ended whose parts have ended. */
  static Ending summary(Collection<Node> parts) {
    State state = State.SUCCEEDED;
    for (Node part : parts) {
      Ending ending = part.ending();
      if (ending != null && ending.isFailure()) {
        return Ending.of(State.FAILED);
      } else if (ending != null && ending.state() == State.UNKNOWN) {
        state = State.UNKNOWN;
      }
    }
    return Ending.of(state);
  }

  @Override
  Resolved output(String key) {
    Graph.Output output = graph.outputs().get(key);
    if (output == null) {
      return noOutput();
    }
    List<Resolved> all =
        output.selectors().stream()
            .map(selector -> child(selector.task()).output(selector.key()))
            .toList();
    return first(all, Resolved.Known.class)
        .or(() -> first(all, Resolved.Unknown.class))
        .or(() -> all.stream().findFirst())
        .orElseGet(this::noOutput);
  }

  private static Optional<Resolved> first(List<Resolved> all, Class<? extends Resolved> kind) {
    return all.stream().filter(kind::isInstance).findFirst();
  }

  TaskInputs inputs() {
    return inputs;
  }

  @Nullable Layer caching() {
    return caching;
  }

  Graph graph() {
    return graph;
  }

  /** The node of a task that has begun. */
  Node child(String task) {
    Node child = children.get(task);
    if (child == null) {
      throw new IllegalStateException(path() + ": " + task + " has not begun");
    }
    return child;
  }

  String pathOf(Task task) {
    return path().isEmpty() ? task.name() : path() + "." + task.name();
  }
}

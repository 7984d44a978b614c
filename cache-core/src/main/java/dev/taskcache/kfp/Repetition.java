package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.List;

/** A task that is repeated: its iterations, and their outputs as lists. */
final class Repetition extends Node {
  private final Engine engine;
  private final Component component;
  private final List<Node> iterations = new ArrayList<>();
  private int open;

  Repetition(Engine engine, Component component, Node parent, String name, String path) {
    super(parent, name, path);
    this.engine = engine;
    this.component = component;
  }

  /** Begins an iteration for each item. */
  void start(Task task, Loop loop, List<InputValue> items, TaskInputs inputs, Group around) {
    List<TaskInputs> each = items.stream().map(item -> inputs.with(loop, item, component)).toList();
    open = each.size();
    for (int i = 0; i < each.size(); i++) {
      String path = path() + "[" + i + "]";
      iterations.add(engine.single(task, component, each.get(i), path, this, around));
    }
    endIfComplete();
  }

  @Override
  void ended(Node part) {
    open--;
    endIfComplete();
  }

  private void endIfComplete() {
    if (open == 0) {
      engine.end(this, Group.summary(iterations));
    }
  }

  /**
   * Collects an output: parameters as a list with one element for each iteration, artifacts as one
   * flat list. Iterations that a condition left out add nothing.
   */
  @Override
  Resolved output(String key) {
    boolean flat = component.outputs().artifacts().containsKey(key);
    List<InputValue> collected = new ArrayList<>();
    for (Node iteration : iterations) {
      Resolved each = iteration.output(key);
      if (each instanceof Resolved.Known known) {
        if (flat && known.value() instanceof InputValue.ListValue list) {
          collected.addAll(list.elements());
        } else {
          collected.add(known.value());
        }
      } else if (each instanceof Resolved.Unknown
          || (each instanceof Resolved.Lost lost && lost.why() == KfpSkipped.Why.UPSTREAM_FAILED)) {
        return each;
      }
    }
    return new Resolved.Known(new InputValue.ListValue(collected));
  }
}

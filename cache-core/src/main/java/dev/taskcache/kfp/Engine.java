package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.policy.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries a run from one settled task to the next ready ones. Not thread-safe. */
final class Engine {
  private final RunFacts facts;
  private final TaskBuilder builder;
  private final Deque<Node> ended = new ArrayDeque<>();
  private final List<KfpSkipped> skipped = new ArrayList<>();
  private final Map<KfpTask, Leaf> open = new IdentityHashMap<>();
  private final Group root;
  private List<KfpTask> ready = new ArrayList<>();
  private int nodes;

  Engine(RunFacts facts, TaskInputs inputs) {
    this.facts = facts;
    this.builder = new TaskBuilder(facts);
    Graph graph = facts.spec().root().graph().orElseThrow();
    this.root = new Group(this, graph, inputs, null, null, "", "");
    root.start();
    drain();
  }

  Group root() {
    return root;
  }

  List<KfpSkipped> skipped() {
    return skipped;
  }

  List<KfpTask> takeReady() {
    List<KfpTask> taken = ready;
    ready = new ArrayList<>();
    return taken;
  }

  /** The node of a task that was handed out, which is settled from now on. */
  Leaf settle(KfpTask task) {
    Leaf leaf = open.remove(task);
    if (leaf == null) {
      throw new IllegalStateException(
          task + " is settled already, or is a task of another run; settle each task once");
    }
    return leaf;
  }

  boolean isOpen(KfpTask task) {
    return open.containsKey(task);
  }

  /** Takes note that a node has ended, now or long since, and goes on with what waited for it. */
  void proceed(Node node) {
    ended.add(node);
    drain();
  }

  void end(Node node, Node.Ending how) {
    node.end(how);
    ended.add(node);
  }

  /** One after the other and not one inside the other, however many follow from each other. */
  private void drain() {
    for (Node node = ended.poll(); node != null; node = ended.poll()) {
      Node parent = node.parent();
      if (parent != null) {
        parent.ended(node);
      }
    }
  }

  /** Begins a task, all that it waits for having ended. */
  Node begin(Task task, Group around) {
    try {
      Optional<Node> blocked = blocked(task, around);
      if (blocked.isPresent()) {
        return blocked.get();
      }
      TaskInputs inputs = InputResolver.inputs(task, around, facts);
      Expression condition = task.condition();
      if (condition != null) {
        Optional<Resolved> missing = missing(condition, inputs);
        if (missing.isPresent()) {
          return without(missing.get(), task, around.pathOf(task), around);
        } else if (!holds(condition, inputs)) {
          String message = condition.spot() + " is false: " + condition.text();
          return skip(KfpSkipped.Why.CONDITION_FALSE, message, task, around.pathOf(task), around);
        }
      }
      Component component = facts.spec().component(task.component());
      return task.loop() == null
          ? single(task, component, inputs, around.pathOf(task), around, around)
          : repeated(task, task.loop(), component, inputs, around);
    } catch (InvalidPipelineException e) {
      return invalid(e, task, around.pathOf(task), around);
    }
  }

  private Optional<Node> blocked(Task task, Group around) {
    if (task.afterFailures()) {
      return Optional.empty();
    }
    for (String before : task.after()) {
      Node.Ending ending = around.child(before).ending();
      boolean skip = ending != null && ending.state() == Node.State.SKIPPED;
      if (ending != null && (skip || ending.isFailure())) {
        return Optional.of(
            without(around.child(before).noOutput(), task, around.pathOf(task), around));
      }
    }
    return Optional.empty();
  }

  private static Optional<Resolved> missing(Expression condition, TaskInputs inputs) {
    return inputs.parameters().entrySet().stream()
        .filter(each -> condition.mentions(each.getKey()))
        .map(Map.Entry::getValue)
        .filter(each -> each instanceof Resolved.Unknown || each instanceof Resolved.Lost)
        .findFirst();
  }

  private static boolean holds(Expression condition, TaskInputs inputs) {
    try {
      return condition.holds(TaskInputs.known(inputs.parameters()));
    } catch (ExpressionFailedException e) {
      throw condition.spot().error("\"" + condition.text() + "\" failed: " + e.getMessage());
    }
  }

  private Node repeated(
      Task task, Loop loop, Component component, TaskInputs inputs, Group around) {
    String path = around.pathOf(task);
    Resolved resolved = InputResolver.items(loop, task, around, facts, inputs);
    if (!(resolved instanceof Resolved.Known known)) {
      return resolved == Resolved.Absent.ABSENT
          ? invalid(loop.spot().error("there is nothing to loop over"), task, path, around)
          : without(resolved, task, path, around);
    }
    List<InputValue> items;
    try {
      items = Loop.itemsOf(known.value());
    } catch (InvalidRequestException e) {
      return invalid(loop.spot().error(String.valueOf(e.getMessage())), task, path, around);
    }
    if (nodes + items.size() > Nesting.MOST_TASKS) {
      return invalid(tooMany(loop.spot()), task, path, around);
    }
    Repetition repetition = new Repetition(this, component, around, task.name(), path);
    repetition.start(task, loop, items, inputs, around);
    return repetition;
  }

  /** Begins a task that is not repeated, or one iteration. */
  Node single(
      Task task, Component component, TaskInputs inputs, String path, Node parent, Group around) {
    nodes++;
    if (nodes > Nesting.MOST_TASKS) {
      return invalid(tooMany(task.spot()), task, path, parent);
    } else if (component.body() instanceof Graph graph) {
      Layer caching = around.caching() == null ? task.caching().ofGroup() : around.caching();
      Group group = new Group(this, graph, inputs, caching, parent, task.name(), path);
      group.start();
      return group;
    }
    try {
      return executable(task, component, inputs, path, parent, around);
    } catch (InvalidPipelineException e) {
      return invalid(e, task, path, parent);
    } catch (InvalidRequestException e) {
      return invalid(task.spot().error(String.valueOf(e.getMessage())), task, path, parent);
    }
  }

  private Node executable(
      Task task, Component component, TaskInputs inputs, String path, Node parent, Group around) {
    TaskBuilder.Result result = builder.build(task, component, inputs, path, around);
    KfpTask built = result.task();
    if (built == null) {
      return without(result.missing(), task, path, parent);
    }
    Leaf leaf = new Leaf(parent, task.name(), path);
    open.put(built, leaf);
    ready.add(built);
    return leaf;
  }

  private static InvalidPipelineException tooMany(Spot spot) {
    return spot.error(
        "the run comes to more than " + Nesting.MOST_TASKS + " tasks; split it into several");
  }

  /** Leaves a task out because of an input that is not there. */
  private Node without(Resolved missing, Task task, String path, Node parent) {
    if (missing instanceof Resolved.Lost lost) {
      return skip(lost.why(), lost.message(), task, path, parent);
    }
    Resolved.Unknown unknown = (Resolved.Unknown) missing;
    report(KfpSkipped.Why.UNKNOWN, unknown.message(), task, path);
    Node.Ending ending =
        new Node.Ending(Node.State.UNKNOWN, KfpSkipped.Why.UNKNOWN, unknown.producer());
    return notRun(task, path, parent, ending);
  }

  private Node invalid(InvalidPipelineException e, Task task, String path, Node parent) {
    return skip(KfpSkipped.Why.INVALID, String.valueOf(e.getMessage()), task, path, parent);
  }

  private Node skip(KfpSkipped.Why why, String message, Task task, String path, Node parent) {
    report(why, message, task, path);
    return notRun(task, path, parent, new Node.Ending(Node.State.SKIPPED, why, message));
  }

  private Node notRun(Task task, String path, Node parent, Node.Ending ending) {
    Node node = new NotRun(parent, task.name(), path, ending);
    ended.add(node);
    return node;
  }

  private void report(KfpSkipped.Why why, String message, Task task, String path) {
    Component component = facts.spec().component(task.component());
    boolean wholeLoop = task.loop() != null && !path.endsWith("]");
    Nesting.steps(facts.spec(), component, wholeLoop ? path + "[*]" : path, task.spot())
        .forEach(step -> skipped.add(new KfpSkipped(step.path(), why, message)));
  }
}

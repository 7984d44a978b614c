package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places in a pipeline where its components are used. A component can be used from many places,
 * each of them inside another that is: a file of some lines can stand for any number of tasks.
 */
final class Nesting {
  /** Beyond every real pipeline; no scheduler would take more either. */
  static final int MOST_TASKS = 100_000;

  private static final int MOST_LEVELS = 100;

  private final Spec spec;
  private final Map<String, Size> sizes = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();

  private record Size(int levels, long tasks) {}

  private Nesting(Spec spec) {
    this.spec = spec;
  }

  /** Refuses components that contain themselves, and more levels or tasks than there can be. */
  static void check(Spec spec) {
    spec.components()
        .values()
        .forEach(
            component ->
                component
                    .graph()
                    .ifPresent(graph -> graph.tasks().values().forEach(t -> exists(t, spec))));
    Component root = spec.root();
    if (new Nesting(spec).size(root, root.spot()).tasks > MOST_TASKS) {
      throw root.spot()
          .error(
              "its nested components come to more than "
                  + MOST_TASKS
                  + " tasks; use loops, or several pipelines");
    }
  }

  private static void exists(Task task, Spec spec) {
    if (task.component().equals(Component.ROOT)
        || !spec.components().containsKey(task.component())) {
      Set<String> names = new LinkedHashSet<>(spec.components().keySet());
      names.remove(Component.ROOT);
      throw task.componentSpot()
          .error("there is no component \"" + task.component() + "\"; write one of " + names);
    }
  }

  private Size size(Component component, Spot user) {
    Size known = sizes.get(component.name());
    if (known == null) {
      if (!open.add(component.name())) {
        throw user.error(
            "the component \""
                + component.name()
                + "\" contains itself, through "
                + open.stream().filter(name -> !name.equals(Component.ROOT)).toList()
                + "; a pipeline cannot be recursive");
      }
      checkLevels(open.size(), user);
      known = new Size(1, 1);
      if (component.body() instanceof Graph graph) {
        int levels = 0;
        long tasks = 0;
        for (Task task : graph.tasks().values()) {
          Size inner = size(spec.component(task.component()), task.componentSpot());
          levels = Math.max(levels, inner.levels);
          tasks = Math.min(MOST_TASKS + 1L, tasks + inner.tasks);
        }
        known = new Size(levels + 1, tasks);
      }
      open.remove(component.name());
      sizes.put(component.name(), known);
    }
    checkLevels(open.size() + known.levels, user);
    return known;
  }

  private static void checkLevels(int levels, Spot user) {
    if (levels > MOST_LEVELS) {
      throw user.error("components nest deeper than " + MOST_LEVELS + " levels; flatten them");
    }
  }

  /** Every executable task inside a component, as it would be inside a task of that path. */
  static List<KfpPipeline.Step> steps(Spec spec, Component component, String path, Spot spot) {
    List<KfpPipeline.Step> steps = new ArrayList<>();
    collect(spec, component, path, spot, steps);
    return steps;
  }

  /** The path of a task inside a component that is at a path. */
  static String path(String around, Task task) {
    String inner = around.isEmpty() ? task.name() : around + "." + task.name();
    return task.loop() == null ? inner : inner + "[*]";
  }

  private static void collect(
      Spec spec, Component component, String path, Spot spot, List<KfpPipeline.Step> steps) {
    if (component.body() instanceof Graph graph) {
      for (Task task : graph.tasks().values()) {
        collect(spec, spec.component(task.component()), path(path, task), task.spot(), steps);
      }
    } else {
      String image =
          component.body() instanceof Container container ? container.image().source() : null;
      steps.add(new KfpPipeline.Step(path, image, spot.line()));
    }
  }
}

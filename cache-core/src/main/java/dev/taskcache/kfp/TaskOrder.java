package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the tasks of graphs into an order in which they can run; by name where that is open. */
final class TaskOrder {
  private TaskOrder() {}

  /** The same components, their tasks in order. */
  static Map<String, Component> sorted(Map<String, Component> components) {
    Map<String, Component> sorted = new LinkedHashMap<>();
    components.forEach((name, each) -> sorted.put(name, sorted(each, components)));
    return sorted;
  }

  private static Component sorted(Component component, Map<String, Component> all) {
    if (!(component.body() instanceof Graph graph)) {
      return component;
    }
    Map<String, Task> tasks = new TreeMap<>();
    graph.tasks().forEach((name, task) -> tasks.put(name, task.after(volumeMakers(task, all))));
    return new Component(
        component.name(),
        component.label(),
        component.inputs(),
        component.outputs(),
        new Graph(inOrder(tasks), graph.outputs()),
        component.spot());
  }

  /** The tasks beside one whose outputs name its volumes and the like. */
  private static Set<String> volumeMakers(Task task, Map<String, Component> all) {
    Set<String> makers = new TreeSet<>();
    Component component = all.get(task.component());
    if (component != null && component.body() instanceof Container container) {
      container.platform().names().forEach(name -> name.source().producer().ifPresent(makers::add));
    }
    return makers;
  }

  private static Map<String, Task> inOrder(Map<String, Task> tasks) {
    Map<String, Integer> open = new TreeMap<>();
    Map<String, List<String>> dependents = new TreeMap<>();
    PriorityQueue<String> next = new PriorityQueue<>();
    for (Task task : tasks.values()) {
      for (String before : task.after()) {
        if (!tasks.containsKey(before)) {
          throw task.spot()
              .error("depends on \"" + before + "\", but beside it are only " + tasks.keySet());
        }
        dependents.computeIfAbsent(before, name -> new ArrayList<>()).add(task.name());
      }
      open.put(task.name(), task.after().size());
      if (task.after().isEmpty()) {
        next.add(task.name());
      }
    }
    Map<String, Task> sorted = new LinkedHashMap<>();
    for (String name = next.poll(); name != null; name = next.poll()) {
      sorted.put(name, task(tasks, name));
      for (String dependent : dependents.getOrDefault(name, List.of())) {
        if (open.merge(dependent, -1, Integer::sum) == 0) {
          next.add(dependent);
        }
      }
    }
    if (sorted.size() < tasks.size()) {
      throw cycle(tasks, sorted.keySet());
    }
    return sorted;
  }

  private static InvalidPipelineException cycle(Map<String, Task> tasks, Set<String> sorted) {
    Set<String> seen = new LinkedHashSet<>();
    String name = tasks.keySet().stream().filter(each -> !sorted.contains(each)).findFirst().get();
    while (seen.add(name)) {
      Task task = task(tasks, name);
      name = task.after().stream().filter(each -> !sorted.contains(each)).findFirst().get();
    }
    List<String> cycle = new ArrayList<>(seen);
    cycle = cycle.subList(cycle.indexOf(name), cycle.size());
    return task(tasks, name)
        .spot()
        .error(
            "waits for itself: "
                + String.join(" after ", cycle)
                + " after "
                + name
                + "; take out one of these dependencies");
  }

  private static Task task(Map<String, Task> tasks, String name) {
    Task task = tasks.get(name);
    if (task == null) {
      throw new IllegalArgumentException(name);
    }
    return task;
  }
}

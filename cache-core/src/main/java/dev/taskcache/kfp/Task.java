package dev.taskcache.kfp;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A task of a graph: a component with inputs.
 *
 * @param component the component's name
 * @param componentSpot where that name stands
 * @param after the tasks beside it that it waits for
 * @param condition whether it runs; null if it does in any case
 * @param afterFailures whether it also runs when those that it waits for failed
 * @param loop what it is repeated over; null if it is not
 */
record Task(
    String name,
    Spot spot,
    String component,
    Spot componentSpot,
    Set<String> after,
    Map<String, ParameterSource.Binding> parameters,
    Map<String, ArtifactSource> artifacts,
    Caching caching,
    @Nullable Expression condition,
    boolean afterFailures,
    @Nullable Loop loop) {

  static Task read(String name, Field task) {
    Map<String, ParameterSource.Binding> parameters = new TreeMap<>();
    Map<String, ArtifactSource> artifacts = new TreeMap<>();
    Field inputs = task.get("inputs");
    if (inputs != null) {
      inputs
          .entries("parameters")
          .forEach((key, field) -> parameters.put(key, ParameterSource.Binding.read(field)));
      inputs
          .entries("artifacts")
          .forEach((key, field) -> artifacts.put(key, ArtifactSource.read(field)));
    }
    Set<String> after = new TreeSet<>(task.texts("dependentTasks"));
    parameters.values().forEach(each -> each.source().producer().ifPresent(after::add));
    artifacts
        .values()
        .forEach(
            each -> {
              if (each instanceof ArtifactSource.Output output) {
                after.add(output.task());
              }
            });
    Field component = component(task);
    Field trigger = task.get("triggerPolicy");
    Field condition = trigger == null ? null : trigger.get("condition");
    return new Task(
        name,
        task.spot(),
        component.text(),
        component.spot(),
        after,
        parameters,
        artifacts,
        Caching.read(task),
        condition == null ? null : Expression.parse(condition.text(), condition.spot()),
        trigger != null && afterFailures(trigger),
        Loop.read(task));
  }

  /** The same task, waiting for others, too. */
  Task after(Set<String> others) {
    Set<String> all = new TreeSet<>(after);
    all.addAll(others);
    return new Task(
        name,
        spot,
        component,
        componentSpot,
        all,
        parameters,
        artifacts,
        caching,
        condition,
        afterFailures,
        loop);
  }

  private static Field component(Field task) {
    return task.require("componentRef", "write componentRef: {name: comp-…}")
        .require("name", "write the name of one of the components");
  }

  private static boolean afterFailures(Field trigger) {
    Field strategy = trigger.get("strategy");
    if (strategy == null) {
      return false;
    }
    return switch (strategy.text()) {
      case "ALL_UPSTREAM_TASKS_COMPLETED" -> true;
      case "ALL_UPSTREAM_TASKS_SUCCEEDED", "TRIGGER_STRATEGY_UNSPECIFIED" -> false;
      default ->
          throw strategy
              .spot()
              .error(
                  "is no known strategy; write ALL_UPSTREAM_TASKS_SUCCEEDED or"
                      + " ALL_UPSTREAM_TASKS_COMPLETED");
    };
  }
}

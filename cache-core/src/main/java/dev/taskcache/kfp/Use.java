package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An executable task as the file has it, with what is around it.
 *
 * @param path as {@link KfpPipeline.Step} has it
 * @param groups the tasks whose graphs it is in, from the outside in
 * @param sources for each of its inputs where its value is written; none if nobody knows before a
 *     run
 */
record Use(
    String path,
    Task task,
    Component component,
    List<Task> groups,
    Map<String, List<Source>> sources) {

  /**
   * A text or other value in the file that an input takes its value from.
   *
   * @param filled whether placeholders in it are filled in
   */
  record Source(InputValue value, boolean filled, Spot spot) {}

  /** Every executable task of a pipeline, in an order in which they could run. */
  static List<Use> all(Spec spec) {
    List<Use> all = new ArrayList<>();
    collect(spec, spec.root(), "", List.of(), defaults(spec.root(), Map.of()), all);
    return all;
  }

  /** Whether a release that obeys {@code enableCache} caches it: groups do not count for it. */
  boolean isCached() {
    return task.caching().on() && component.body() instanceof Container;
  }

  /** Whether the key is a text that somebody chose, so that nothing else counts. */
  boolean hasCustomKey(KfpRelease release) {
    return task.caching().key() != null && KfpSwitch.CACHE_KEY.in(release).counts();
  }

  private static void collect(
      Spec spec,
      Component around,
      String path,
      List<Task> groups,
      Map<String, List<Source>> given,
      List<Use> all) {
    if (!(around.body() instanceof Graph graph)) {
      return;
    }
    for (Task task : graph.tasks().values()) {
      String named = Nesting.path(path, task);
      Component component = spec.component(task.component());
      Map<String, List<Source>> sources = defaults(component, sources(task, given));
      if (component.body() instanceof Graph) {
        List<Task> inside = Stream.concat(groups.stream(), Stream.of(task)).toList();
        collect(spec, component, named, inside, sources, all);
      } else {
        all.add(new Use(named, task, component, groups, sources));
      }
    }
  }

  private static Map<String, List<Source>> sources(Task task, Map<String, List<Source>> given) {
    Map<String, List<Source>> sources = new HashMap<>();
    task.parameters().forEach((name, each) -> sources.put(name, sources(each, given)));
    return sources;
  }

  private static List<Source> sources(
      ParameterSource.Binding binding, Map<String, List<Source>> given) {
    if (binding.source() instanceof ParameterSource.Input input) {
      return given.getOrDefault(input.name(), List.of());
    } else if (binding.source() instanceof ParameterSource.Constant constant) {
      return List.of(new Source(constant.value(), true, binding.spot()));
    }
    return List.of();
  }

  /** What a component's inputs are where nobody gives them. */
  private static Map<String, List<Source>> defaults(
      Component component, Map<String, List<Source>> given) {
    Map<String, List<Source>> sources = new HashMap<>(given);
    component
        .inputs()
        .parameters()
        .forEach(
            (name, declared) -> {
              if (declared.defaultValue() != null && !sources.containsKey(name)) {
                Source source = new Source(declared.defaultValue(), false, declared.spot());
                sources.put(name, List.of(source));
              }
            });
    return sources;
  }
}

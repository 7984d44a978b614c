package dev.taskcache.kfp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a file its pipeline consists of, by name.
 *
 * @param components those that the root uses, directly or not, and those after which they are
 *     numbered: without these they would be called otherwise
 * @param executors those of these components
 */
record UsedParts(Set<String> components, Set<String> executors) {

  static UsedParts of(Spec spec, Field pipeline) {
    Set<String> components = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add(Component.ROOT);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (components.add(name)) {
        Spec.unnumbered(name, spec.components().keySet()).ifPresent(open::add);
        spec.component(name)
            .graph()
            .ifPresent(graph -> graph.tasks().values().forEach(t -> open.add(t.component())));
      }
    }
    components.remove(Component.ROOT);
    Set<String> executors = new TreeSet<>();
    add(executors, pipeline.get("root"));
    Map<String, Field> fields = pipeline.entries("components");
    components.forEach(name -> add(executors, fields.get(name)));
    return new UsedParts(components, executors);
  }

  private static void add(Set<String> executors, @Nullable Field component) {
    String label = component == null ? null : component.text("executorLabel");
    if (label != null) {
      executors.add(label);
    }
  }
}

package dev.taskcache;

import dev.taskcache.explain.LeftOut;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.policy.CachePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a request has and its key has not, for explanations. */
final class OutOfKey {
  private static final String CUSTOM = "a custom key stands for component and inputs";
  private static final String INPUTS = "the inputs alone identify the task";
  private static final String IGNORED = "ignored by name";
  private static final String NAME = "name";

  private OutOfKey() {}

  static List<LeftOut> of(Asked<?> asked) {
    TaskRequest request = asked.request();
    List<LeftOut> found = new ArrayList<>();
    boolean custom = request.options().custom() != null;
    if (custom) {
      component(request.component(), CUSTOM, found);
      inputs(asked.taskKey().inputs().entries().keySet(), CUSTOM, found);
    }
    if (request.policy().filter(CachePolicy::inputsAlone).isPresent()) {
      if (!custom) {
        component(request.component(), INPUTS, found);
      }
      request.component().image().ifPresent(i -> found.add(new LeftOut("component.image", INPUTS)));
    }
    inputs(request.options().ignoredInputs(), IGNORED, found);
    return found;
  }

  /** The name, or label, stays: keys count within it. */
  private static void component(ComponentSpec component, String because, List<LeftOut> found) {
    component.fields().stream()
        .filter(field -> !field.equals(NAME))
        .forEach(field -> found.add(new LeftOut("component." + field, because)));
  }

  private static void inputs(Set<String> names, String because, List<LeftOut> found) {
    new TreeSet<>(names).forEach(name -> found.add(new LeftOut("inputs." + name, because)));
  }
}

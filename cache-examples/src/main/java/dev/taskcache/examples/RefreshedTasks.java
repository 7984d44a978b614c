package dev.taskcache.examples;

import dev.taskcache.kfp.KfpPipeline;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tasks that people named: each name is a task's path, or the beginning of one that ends where a
 * part of it does. Iterations are named by their number, or left out to mean all.
 */
record RefreshedTasks(List<String> names) {
  static final RefreshedTasks NONE = new RefreshedTasks(List.of());

  private static final Pattern ITERATION = Pattern.compile("\\[(\\d+|\\*)]");

  /** Refuses a name that no task of the pipeline has. */
  static RefreshedTasks of(KfpPipeline pipeline, List<String> names) {
    List<String> steps = pipeline.steps().stream().map(KfpPipeline.Step::path).toList();
    for (String name : names) {
      String anyIteration = ITERATION.matcher(name).replaceAll("[*]");
      if (steps.stream().noneMatch(step -> isNamed(step, anyIteration))) {
        throw BadInputException.unknownTask(name, steps);
      }
    }
    return new RefreshedTasks(List.copyOf(names));
  }

  /** The name that means a task, if one does. */
  Optional<String> naming(String path) {
    return names.stream().filter(name -> isNamed(path, name)).findFirst();
  }

  private static boolean isNamed(String path, String name) {
    return begins(path, name) || begins(ITERATION.matcher(path).replaceAll(""), name);
  }

  private static boolean begins(String path, String name) {
    if (!path.startsWith(name)) {
      return false;
    }
    char next = path.length() == name.length() ? '.' : path.charAt(name.length());
    return next == '.' || next == '[';
  }
}

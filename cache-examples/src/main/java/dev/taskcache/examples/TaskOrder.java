package dev.taskcache.examples;

import dev.taskcache.kfp.KfpPipeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of a pipeline's file: its tasks as they could run, the iterations of a loop by number.
 */
final class TaskOrder implements Comparator<TaskResult> {
  private static final Pattern ITERATION = Pattern.compile("\\[(\\d+)]");

  private final List<String> steps;

  TaskOrder(KfpPipeline pipeline) {
    this.steps = pipeline.steps().stream().map(KfpPipeline.Step::path).toList();
  }

  @Override
  public int compare(TaskResult one, TaskResult other) {
    int byStep = Integer.compare(step(one), step(other));
    if (byStep != 0) {
      return byStep;
    }
    List<Integer> iterations = iterations(one);
    List<Integer> others = iterations(other);
    for (int i = 0; i < Math.min(iterations.size(), others.size()); i++) {
      int byIteration = Integer.compare(iterations.get(i), others.get(i));
      if (byIteration != 0) {
        return byIteration;
      }
    }
    return one.task().compareTo(other.task());
  }

  private int step(TaskResult result) {
    int step = steps.indexOf(ITERATION.matcher(result.task()).replaceAll("[*]"));
    return step < 0 ? steps.size() : step;
  }

  private static List<Integer> iterations(TaskResult result) {
    List<Integer> iterations = new ArrayList<>();
    Matcher matcher = ITERATION.matcher(result.task());
    while (matcher.find()) {
      iterations.add(Integer.valueOf(matcher.group(1)));
    }
    return iterations;
  }
}

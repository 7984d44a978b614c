package dev.taskcache.testing;

import dev.taskcache.event.DecisionEvent;
import dev.taskcache.explain.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about all that a cache decided, for instance in one run of a pipeline. A task is known
 * by its name in the pipeline where the request says it, else by its component's.
 */
public final class RunAssert extends AbstractAssert<RunAssert, RecordingListener> {
  private final Predicate<DecisionEvent> wanted;

  RunAssert(RecordingListener actual) {
    this(actual, event -> true);
  }

  private RunAssert(RecordingListener actual, Predicate<DecisionEvent> wanted) {
    super(actual, RunAssert.class);
    this.wanted = wanted;
  }

  /**
   * The same about one run only.
   *
   * @param run the run's id, as requests say it in their identity
   * @return another assertion
   */
  public RunAssert ofRun(String run) {
    return new RunAssert(actual, event -> run.equals(event.subject().task().run()));
  }

  /**
   * Begins an assertion about one task.
   *
   * @param name the task's name
   * @return the assertion
   */
  public TaskRunsAssert task(String name) {
    return new TaskRunsAssert(this, name);
  }

  /**
   * Everything was a hit, switched off, or in flight.
   *
   * @return this assertion
   */
  public RunAssert noMisses() {
    return noMissesExcept();
  }

  /**
   * No task missed but these, which may have.
   *
   * @param tasks names of tasks
   * @return this assertion
   */
  public RunAssert noMissesExcept(String... tasks) {
    Set<String> allowed = new TreeSet<>(Arrays.asList(tasks));
    List<DecisionEvent> misses =
        decisions().stream()
            .filter(event -> event.reason().kind() == Reason.Kind.MISS)
            .filter(event -> !allowed.contains(event.subject().name()))
            .toList();
    if (!misses.isEmpty()) {
      fail("Expected no misses" + (allowed.isEmpty() ? "" : " except of " + allowed), told(misses));
    } else if (decisions().isEmpty()) {
      fail("Expected decisions without misses", "  none at all\n");
    }
    return this;
  }

  List<DecisionEvent> decisions() {
    isNotNull();
    return actual.decisions().stream().filter(wanted).toList();
  }

  void fail(String expected, String found) {
    failWithMessage("%s", expected + ", and there are\n" + found);
  }

  /** Each decision with its explanation, a line for each. */
  static String told(List<DecisionEvent> decisions) {
    return decisions.stream()
        .map(
            event ->
                "  "
                    + event.subject().name()
                    + ": "
                    + event.reason()
                    + ", "
                    + event.explanation()
                    + "\n"
                    + Told.of(event.explanation().differences()).indent(2))
        .collect(Collectors.joining());
  }
}

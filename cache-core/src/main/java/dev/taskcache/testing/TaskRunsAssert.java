package dev.taskcache.testing;

import dev.taskcache.event.DecisionEvent;
import dev.taskcache.explain.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Assertions about one task in all that a cache decided. A task ran as often as the cache said miss
 * or bypass; a caller that asked by {@code decide} is believed to have done what it was told.
 */
public final class TaskRunsAssert {
  private static final Set<Reason.Kind> RUNS = EnumSet.of(Reason.Kind.MISS, Reason.Kind.BYPASS);

  private final RunAssert run;
  private final String name;
  private final List<DecisionEvent> decisions;

  TaskRunsAssert(RunAssert run, String name) {
    this.run = run;
    this.name = name;
    this.decisions =
        run.decisions().stream().filter(event -> event.subject().name().equals(name)).toList();
  }

  /**
   * It ran exactly once, however often it was asked for.
   *
   * @return the assertion about all tasks
   */
  public RunAssert ranOnce() {
    return ran(1);
  }

  /**
   * It was asked for and did not run.
   *
   * @return the assertion about all tasks
   */
  public RunAssert didNotRun() {
    return ran(0);
  }

  /**
   * It ran so often.
   *
   * @param times how often
   * @return the assertion about all tasks
   */
  public RunAssert ran(int times) {
    asked();
    long runs = decisions.stream().filter(event -> RUNS.contains(event.reason().kind())).count();
    if (runs != times) {
      fail("to run " + times + " times, and it ran " + runs + " times");
    }
    return run;
  }

  /**
   * It was a hit, each time that it was asked for.
   *
   * @return the assertion about all tasks
   */
  public RunAssert hit() {
    asked();
    if (!decisions.stream().allMatch(event -> event.reason().kind() == Reason.Kind.HIT)) {
      fail("to be a hit");
    }
    return run;
  }

  /**
   * Nobody asked for it.
   *
   * @return the assertion about all tasks
   */
  public RunAssert wasNotAskedFor() {
    if (!decisions.isEmpty()) {
      fail("not to be asked for");
    }
    return run;
  }

  /**
   * It missed, the last time that it did, for this reason; as {@link DecisionAssert#missedBecause}.
   *
   * @param reason the decision's own, or what explains it
   * @param places what differs in that part of the key, all of it; none to leave that open
   * @return the assertion about all tasks
   */
  public RunAssert missedBecause(Reason reason, String... places) {
    asked();
    Optional<DecisionEvent> miss =
        decisions.stream()
            .filter(event -> event.reason().kind() == Reason.Kind.MISS)
            .reduce((before, last) -> last);
    if (miss.isEmpty()) {
      fail("to miss because of " + reason);
    } else {
      new Cause(reason, Arrays.asList(places))
          .unlike(miss.get().reason(), miss.get().explanation())
          .ifPresent(problem -> run.fail(problem + " of " + name, RunAssert.told(decisions)));
    }
    return run;
  }

  private void asked() {
    if (decisions.isEmpty()) {
      Set<String> known =
          run.decisions().stream()
              .map(event -> event.subject().name())
              .collect(Collectors.toCollection(TreeSet::new));
      run.fail("Expected decisions about " + name, "  decisions about " + known + " only\n");
    }
  }

  private void fail(String expected) {
    run.fail("Expected " + name + " " + expected, RunAssert.told(decisions));
  }
}

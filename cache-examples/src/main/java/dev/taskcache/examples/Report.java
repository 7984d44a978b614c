package dev.taskcache.examples;

import java.util.List;

/** Shows a run or a plan, while it goes on and when it is over. */
interface Report extends RunListener {
  /** Shows a plan. */
  void planned(List<TaskResult> results);

  /** Shows what is left to show of a run. */
  void ended(RunResult run);
}

package dev.taskcache.explain;

import org.jspecify.annotations.Nullable;

/**
 * Who asked, for explanations and logs; never in a key.
 *
 * @param pipeline the pipeline; null if it is not known
 * @param run the run's id; null if it is not known
 * @param task the task's name in its pipeline; null if it is not known
 */
public record TaskIdentity(@Nullable String pipeline, @Nullable String run, @Nullable String task) {
  /** Nobody in particular. */
  public static final TaskIdentity UNKNOWN = new TaskIdentity(null, null, null);

  /**
   * Who it is, in a few words.
   *
   * @return for instance {@code train in run 7}
   */
  @Override
  public String toString() {
    return (task == null ? "a task" : task) + (run == null ? "" : " in run " + run);
  }
}

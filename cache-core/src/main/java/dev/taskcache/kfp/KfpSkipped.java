package dev.taskcache.kfp;

/**
 * A task that a run does not hand out, and why.
 *
 * @param path the task, as {@link KfpTask#path}; {@code [*]} stands for the iterations of a loop
 *     that was never entered
 * @param why what kind of cause
 * @param message the cause in a sentence, without a full stop
 */
public record KfpSkipped(String path, Why why, String message) {

  /** The kinds of cause. */
  public enum Why {
    /** Its condition, or that of a group around it, is false. */
    CONDITION_FALSE,
    /** A task that it depends on was skipped because of a condition. */
    UPSTREAM_SKIPPED,
    /** A task that it depends on failed. */
    UPSTREAM_FAILED,
    /** Its inputs, or whether it runs at all, depend on a task whose outputs are not known. */
    UNKNOWN,
    /** Its inputs have arrived and are wrong; counts as a failure of this task. */
    INVALID
  }
}

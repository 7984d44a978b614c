package dev.taskcache;

/**
 * Another process still ran the task when the longest wait was over, and the caller wanted to fail
 * then.
 */
public final class WaitTimedOutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CacheDecision.InFlight decision;

  WaitTimedOutException(CacheDecision.InFlight decision) {
    super(decision + " Raise the longest wait, or choose WhenWaitEnds.RUN_ANYWAY.");
    this.decision = decision;
  }

  /**
   * Who still runs the task.
   *
   * @return owner and the end of its lease
   */
  public CacheDecision.InFlight decision() {
    return decision;
  }
}

package dev.taskcache;

/**
 * What {@link TaskCache#getOrRun} does when another process still runs the task at the deadline.
 */
public enum WhenWaitEnds {
  /** Runs the task, too, without a lease; its result is stored only if nobody else's is. */
  RUN_ANYWAY,
  /** Throws {@link WaitTimedOutException}. */
  FAIL,
  /**
   * Returns an outcome whose decision is {@link CacheDecision.InFlight} and whose value is null.
   */
  RETURN_IN_FLIGHT
}

package dev.taskcache.event;

import dev.taskcache.explain.Subject;

/**
 * A call of the store failed; the task is not harmed by it.
 *
 * @param subject what the call was about
 * @param step which step
 * @param failure what the store threw
 */
public record StoreFailedEvent(Subject subject, Step step, RuntimeException failure) {

  /** The steps of a request that ask the store. */
  public enum Step {
    /** Finding an entry and claiming a lease: the task runs without the store. */
    DECIDE,
    /** Noting that an entry was served. */
    NOTE_USE,
    /** Renewing a lease: tried again until its time is over. */
    RENEW,
    /** Storing a result: it is not stored. */
    PUBLISH,
    /** Giving a lease back: it ends by itself. */
    ABANDON,
    /** Stopping the reuse of a component: its results go on being reused. */
    STOP_REUSE
  }
}

package dev.taskcache.event;

import dev.taskcache.explain.Subject;

/**
 * Is told what the cache decides and does. Each method does nothing unless it is implemented.
 *
 * <p>Methods are called on the thread that the event happens on, after the fact, and by many
 * threads at once. They should be quick. What a method throws is caught and logged, the first time
 * for each listener; it never reaches a task or its caller.
 */
public interface CacheListener {
  /** Listens to nothing. */
  CacheListener NONE = new CacheListener() {};

  /**
   * A decision was made.
   *
   * @param event the decision
   */
  default void onDecision(DecisionEvent event) {}

  /**
   * A limit did not let a request have what it asked for. Told before each decision on such a
   * request.
   *
   * @param event what was asked for, and what applies
   */
  default void onOptionsConflict(OptionsConflictEvent event) {}

  /**
   * The right to run a task was obtained. It ends with a result, by being given back, or by being
   * lost.
   *
   * @param subject what is to be run
   */
  default void onLeaseAcquired(Subject subject) {}

  /**
   * The lease of a task that is running is lost: another may run the task, too, and this one's
   * result may not be stored. Called on the scheduler's thread, at most once for each run, the
   * place to cancel the task; or on the thread of whoever renewed a token in vain.
   *
   * @param subject what is being run
   */
  default void onLeaseLost(Subject subject) {}

  /**
   * Another process's run was waited for. Told before the decision that ended the wait.
   *
   * @param event for how long
   */
  default void onWaited(WaitEvent event) {}

  /**
   * An artifact that an entry refers to is missing or changed, so that the entry is not served.
   *
   * @param event which artifact, and what is wrong
   */
  default void onVerificationFailed(VerificationEvent event) {}

  /**
   * A task was run, and its result written or not; or it failed.
   *
   * @param event what became of it
   */
  default void onRun(RunEvent event) {}

  /**
   * A result was stored. Told before the {@link #onRun} of its run.
   *
   * @param event the entry
   */
  default void onPublished(PublishedEvent event) {}

  /**
   * A result was not stored because another's was, or because another has the lease. Told before
   * the {@link #onRun} of its run.
   *
   * @param event what was there instead
   */
  default void onRaceLost(RaceLostEvent event) {}

  /**
   * A task that was run again for comparison gave another result than the stored one, which stays.
   *
   * @param event both digests
   */
  default void onNotReproducible(IrreproducibleEvent event) {}

  /**
   * A call of the store failed.
   *
   * @param event which call, and how
   */
  default void onStoreFailed(StoreFailedEvent event) {}

  /**
   * The store failed too often and is not asked for a while. Told again if its trial fails, too.
   *
   * @param event for how long, and why
   */
  default void onBreakerOpened(BreakerEvent event) {}

  /** The store answers again after it was left alone. */
  default void onBreakerClosed() {}
}

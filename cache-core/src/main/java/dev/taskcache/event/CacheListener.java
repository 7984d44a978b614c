package dev.taskcache.event;

import dev.taskcache.explain.Subject;

/**
 * Is told what the cache decides and does.
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
   * The lease of a task that is running in this JVM is lost: another may run the task, too, and
   * this one's result may not be stored. Called on the scheduler's thread, at most once for each
   * run; the place to cancel the task.
   *
   * @param subject what is being run
   */
  default void onLeaseLost(Subject subject) {}

  /**
   * A task was run, and its result written or not; or it failed.
   *
   * @param event what became of it
   */
  default void onRun(RunEvent event) {}
}

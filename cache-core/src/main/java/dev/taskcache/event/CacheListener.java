package dev.taskcache.event;

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
   * A task was run, and its result written or not; or it failed.
   *
   * @param event what became of it
   */
  default void onRun(RunEvent event) {}
}

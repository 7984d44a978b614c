package dev.taskcache.examples;

/** Is told how a run goes, on the thread that called for it. */
interface RunListener {
  /** Listens to nothing. */
  RunListener NONE = new RunListener() {};

  /** A task has begun: the cache is asked, and the task executed if need be. */
  default void started(String task) {}

  /** A task has its result. */
  default void finished(TaskResult result) {}
}

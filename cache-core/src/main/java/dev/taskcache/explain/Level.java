package dev.taskcache.explain;

/** Where a setting was made, from the most general place to the most specific one. */
public enum Level {
  /** The library's own default, or what follows from a declared trait of the task. */
  LIBRARY,
  /** The administrator's, for a namespace; its limits stand above all other levels. */
  ADMINISTRATOR,
  /** The pipeline's, or a pipeline's inside it. */
  PIPELINE,
  /** The task's. */
  TASK,
  /** The run's, for instance a switch of a command. */
  RUN
}

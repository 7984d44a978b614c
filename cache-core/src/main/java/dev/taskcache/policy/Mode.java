package dev.taskcache.policy;

/** What a task may do with the cache. */
public enum Mode {
  /** Reuse results, and store new ones. */
  READ_WRITE,
  /** Reuse results; store nothing and claim nothing, nor note which results were of use. */
  READ_ONLY,
  /** Reuse nothing that was there before, run the task, and replace what is stored. */
  REFRESH,
  /** Neither read nor write nor claim. */
  OFF
}

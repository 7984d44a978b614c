package dev.taskcache.examples;

/** What the command's exit codes mean. */
final class ExitCodes {
  static final int OK = 0;
  static final int TASK_FAILED = 1;

  /** {@code doctor} or {@code lint} found something wrong. */
  static final int PROBLEM_FOUND = 1;

  /** There is no version to run. */
  static final int NO_VERSION = 1;

  static final int BAD_INPUT = 2;
  static final int NOT_CACHEABLE = 3;

  /** A defect of the command itself. */
  static final int DEFECT = 70;

  /** It was told to stop, as by Ctrl-C. */
  static final int STOPPED = 130;

  private ExitCodes() {}
}

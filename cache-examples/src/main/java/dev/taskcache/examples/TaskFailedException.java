package dev.taskcache.examples;

import java.util.List;

/** A task could not be executed, its command failed, or its outputs are not what it declares. */
final class TaskFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String task;
  private final Why why;
  private final String problem;
  private final transient List<String> log;

  /** The kinds of failure. */
  enum Why {
    /** Its command ended with another exit code than 0. */
    COMMAND_FAILED,
    /** Its command cannot be executed on this machine. */
    CANNOT_EXECUTE,
    /** Its inputs are not what its component declares. */
    INPUT_INVALID,
    /** Its outputs are not what its component declares. */
    OUTPUT_INVALID,
    /** The program was told to stop. */
    INTERRUPTED
  }

  TaskFailedException(String task, Why why, String problem) {
    this(task, why, problem, List.of());
  }

  TaskFailedException(String task, Why why, String problem, List<String> log) {
    super(task + ": " + problem);
    this.task = task;
    this.why = why;
    this.problem = problem;
    this.log = List.copyOf(log);
  }

  /** Says what is wrong, to whoever reads the line of a task, which may be an equal one. */
  String problemOf(String path) {
    return path.equals(task) ? problem : "is the same as " + task + ", and that failed: " + problem;
  }

  Why why() {
    return why;
  }

  /** The end of what the command printed. */
  List<String> log() {
    return log;
  }
}

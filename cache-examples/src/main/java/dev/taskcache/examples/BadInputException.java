package dev.taskcache.examples;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.kfp.InvalidPipelineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the user gave is wrong; the message is one line that says where. */
final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private BadInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The task is not among those whose inputs are known: it may be unknown, or not there at all. */
  static BadInputException noSuchTask(String task, List<TaskResult> plan) {
    return plan.stream()
        .filter(result -> result.task().equals(task))
        .findFirst()
        .map(result -> new BadInputException(task + ": " + result.message(), null))
        .orElseGet(
            () ->
                new BadInputException(
                    "there is no task \""
                        + task
                        + "\"; there are "
                        + plan.stream().map(TaskResult::task).sorted().toList(),
                    null));
  }

  /** No task of the file has that name. */
  static BadInputException unknownTask(String name, List<String> tasks) {
    return new BadInputException(
        "--refresh: there is no task \"" + name + "\"; there are " + tasks, null);
  }

  /** The run is not one that the task can be compared with. */
  static BadInputException noSuchRun(String task, String run) {
    return new BadInputException(
        task
            + ": run "
            + run
            + " is not among the newest 64 results of its component in this namespace and store;"
            + " `run` ends with its run's id",
        null);
  }

  /** The problem has no password in it. */
  static BadInputException ofOption(String option, String problem) {
    return new BadInputException(option + ": " + problem, null);
  }

  /** The store's name has no password in it. */
  static BadInputException ofStore(String store, String problem) {
    return new BadInputException("--store: " + store + " " + problem, null);
  }

  /** The refusal names file, line and path itself. */
  static BadInputException of(InvalidPipelineException refusal) {
    return new BadInputException(String.valueOf(refusal.getMessage()), refusal);
  }

  /** A compiler calls what it is given by a name of its own, if by any. */
  static BadInputException notCompiled(String file, IllegalArgumentException refusal) {
    String problem = String.valueOf(refusal.getMessage());
    String placed =
        refusal instanceof InvalidPipelineException located
            ? problem.substring(located.file().length())
            : ": " + problem;
    return new BadInputException(file + placed, refusal);
  }

  /** The refusal names file and line itself. */
  static BadInputException ofImages(InvalidRequestException refusal) {
    return new BadInputException(String.valueOf(refusal.getMessage()), refusal);
  }

  static BadInputException of(String file, InvalidRequestException refusal) {
    return new BadInputException(file + ": " + refusal.getMessage(), refusal);
  }

  static BadInputException of(String file, IOException failure) {
    String problem;
    if (failure instanceof NoSuchFileException) {
      problem = "there is no such file";
    } else if (failure instanceof AccessDeniedException) {
      problem = "the file may not be read by this user";
    } else if (failure instanceof CharacterCodingException) {
      problem = "the file is not UTF-8";
    } else {
      problem = String.valueOf(failure.getMessage());
    }
    return new BadInputException(file + ": " + problem, failure);
  }
}

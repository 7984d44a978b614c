package dev.taskcache.kfp;

import java.util.List;
import java.util.Map;

/**
 * What to execute for a task: its command, arguments and environment with every placeholder filled
 * in. Immutable.
 *
 * @param command words in order; empty where the image's own entrypoint is meant
 * @param args words in order, after the command's
 * @param env value by variable name, in the file's order
 */
public record KfpCommand(List<String> command, List<String> args, Map<String, String> env) {
  /** Copies the lists. */
  public KfpCommand {
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(env));
  }
}

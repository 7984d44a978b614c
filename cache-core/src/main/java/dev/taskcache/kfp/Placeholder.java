package dev.taskcache.kfp;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between <code>{{$</code> and <code>}}</code> in a text.
 *
 * @param text the whole of it, braces and all
 * @param name the input, output or metadata's owner that it names; else its own words
 * @param attribute what of it is meant, for instance {@code path}; empty if that is clear
 * @param escapes how often the replacement is escaped as the inside of a JSON text
 */
record Placeholder(String text, Kind kind, String name, String attribute, int escapes) {
  private static final Pattern INPUT_OR_OUTPUT =
      Pattern.compile(
          "\\.(inputs|outputs)\\.(parameters|artifacts)"
              + "\\[(?:'([^']*)'|\"([^\"]*)\")]"
              + "(?:\\.(path|uri|name|value|output_file|metadata)(?:\\[(?:'([^']*)'|\"([^\"]*)\")])?)?"
              + "(?:\\.json_escape\\[([0-9])])?");
  private static final Pattern WHOLE = Pattern.compile("(?:\\.json_escape\\[([0-9])])?");
  private static final Set<String> RUN_SPECIFIC =
      Set.of(
          "pipeline_job_name",
          "pipeline_job_resource_name",
          "pipeline_job_uuid",
          "pipeline_job_create_time_utc",
          "pipeline_job_schedule_time_utc",
          "pipeline_task_uuid",
          "pipeline_root",
          "workspace_path");

  /** What a placeholder stands for. */
  enum Kind {
    /** The whole ExecutorInput. */
    EVERYTHING,
    INPUT_PARAMETER,
    INPUT_ARTIFACT,
    OUTPUT_PARAMETER,
    OUTPUT_ARTIFACT,
    /** The file for {@code executor_output.json}. */
    OUTPUT_FILE,
    /** Another text in every run. */
    RUN_SPECIFIC,
    TASK_NAME,
    /** Nothing that Kubeflow knows, so it stays as it is: some other template language's. */
    NOTHING
  }

  /** Reads one; a placeholder of inputs or outputs that makes no sense is an error. */
  static Placeholder parse(String text, String body, Spot spot) {
    Matcher whole = WHOLE.matcher(body);
    if (whole.matches()) {
      return new Placeholder(text, Kind.EVERYTHING, "", "", number(whole.group(1)));
    }
    String word = body.startsWith(".") ? body.substring(1) : "";
    if (RUN_SPECIFIC.contains(word)) {
      return new Placeholder(text, Kind.RUN_SPECIFIC, word, "", 0);
    } else if (word.equals("pipeline_task_name")) {
      return new Placeholder(text, Kind.TASK_NAME, word, "", 0);
    } else if (word.equals("outputs.output_file") || word.equals("outputMetadataUri")) {
      return new Placeholder(text, Kind.OUTPUT_FILE, word, "", 0);
    } else if (!word.startsWith("inputs") && !word.startsWith("outputs")) {
      return new Placeholder(text, Kind.NOTHING, body, "", 0);
    }
    Matcher named = INPUT_OR_OUTPUT.matcher(body);
    if (!named.matches()) {
      throw spot.error(
          text
              + " is no placeholder of Kubeflow; write {{$.inputs.parameters['name']}} or another");
    }
    return named(text, named);
  }

  private static Placeholder named(String text, Matcher named) {
    boolean input = named.group(1).equals("inputs");
    boolean parameter = named.group(2).equals("parameters");
    Kind kind =
        parameter
            ? input ? Kind.INPUT_PARAMETER : Kind.OUTPUT_PARAMETER
            : input ? Kind.INPUT_ARTIFACT : Kind.OUTPUT_ARTIFACT;
    String name = either(named.group(3), named.group(4));
    String attribute = named.group(5) == null ? "" : named.group(5);
    String key = either(named.group(6), named.group(7));
    return new Placeholder(
        text, kind, name, key.isEmpty() ? attribute : "metadata:" + key, number(named.group(8)));
  }

  private static String either(@Nullable String one, @Nullable String other) {
    return one != null ? one : other != null ? other : "";
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}

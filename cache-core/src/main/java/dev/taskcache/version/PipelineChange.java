package dev.taskcache.version;

import com.google.common.collect.MapDifference;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What differs between two versions of a pipeline: each list has one phrase for a name that was
 * added, taken away or changed, sorted by name.
 *
 * @param components of components
 * @param images of the images of tasks
 * @param parameters of the pipeline's parameters
 * @param outputs of the pipeline's outputs
 * @param caching of the caching options of tasks
 */
public record PipelineChange(
    List<String> components,
    List<String> images,
    List<String> parameters,
    List<String> outputs,
    List<String> caching) {

  /** Copies. */
  public PipelineChange {
    components = List.copyOf(components);
    images = List.copyOf(images);
    parameters = List.copyOf(parameters);
    outputs = List.copyOf(outputs);
    caching = List.copyOf(caching);
  }

  static PipelineChange between(PipelineDescription from, PipelineDescription to) {
    return new PipelineChange(
        differences(from.components(), to.components(), false),
        differences(from.images(), to.images(), true),
        differences(from.parameters(), to.parameters(), true),
        differences(from.outputs(), to.outputs(), true),
        differences(from.caching(), to.caching(), true));
  }

  /** Digests tell nobody anything, so they are not shown. */
  private static List<String> differences(Map<String, ?> from, Map<String, ?> to, boolean shown) {
    MapDifference<String, ?> difference = Maps.difference(from, to);
    List<String> phrases = new ArrayList<>();
    difference
        .entriesDiffering()
        .forEach(
            (name, values) ->
                phrases.add(
                    name
                        + (shown
                            ? ": " + values.leftValue() + " -> " + values.rightValue()
                            : " changed")));
    difference
        .entriesOnlyOnLeft()
        .forEach((name, value) -> phrases.add(name + (shown ? ": " + value : "") + " is gone"));
    difference
        .entriesOnlyOnRight()
        .forEach((name, value) -> phrases.add(name + (shown ? ": " + value : "") + " is new"));
    phrases.sort(null);
    return phrases;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    say(parts, "components", components);
    say(parts, "images", images);
    say(parts, "parameters", parameters);
    say(parts, "outputs", outputs);
    say(parts, "caching", caching);
    return parts.isEmpty() ? "nothing that a reader of it would see" : String.join("; ", parts);
  }

  private static void say(List<String> parts, String what, List<String> phrases) {
    if (!phrases.isEmpty()) {
      parts.add(what + " (" + String.join(", ", phrases) + ")");
    }
  }
}

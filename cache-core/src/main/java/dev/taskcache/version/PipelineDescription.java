package dev.taskcache.version;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pipeline takes, gives and consists of. Maps are immutable and sorted.
 *
 * @param parameters what a run can set, by name
 * @param outputs type by name of what the whole pipeline gives
 * @param components by name of a component, a digest of all that it is
 * @param images by path of a task, its image as written
 * @param caching by path of a task, its caching options as written; tasks that have none are left
 *     out
 */
public record PipelineDescription(
    Map<String, Parameter> parameters,
    Map<String, String> outputs,
    Map<String, String> components,
    Map<String, String> images,
    Map<String, String> caching) {

  /** Copies and sorts. */
  public PipelineDescription {
    parameters = sorted(parameters);
    outputs = sorted(outputs);
    components = sorted(components);
    images = sorted(images);
    caching = sorted(caching);
  }

  private static <T> Map<String, T> sorted(Map<String, T> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /**
   * A parameter of a pipeline.
   *
   * @param type its type, as the pipeline's language calls it
   * @param required whether every run has to set it: it is neither optional nor has a default
   */
  public record Parameter(String type, boolean required) {
    @Override
    public String toString() {
      return type + (required ? " (required)" : "");
    }
  }
}

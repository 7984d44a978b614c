package dev.taskcache.kfp;

import dev.taskcache.version.PipelineDescription;
import dev.taskcache.version.PipelineReader;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what a compiled Kubeflow pipeline, or a plan of one, takes, gives and consists of.
 * Stateless and thread-safe.
 */
public final class KfpPipelineReader implements PipelineReader {
  /** A reader. */
  public KfpPipelineReader() {}

  /**
   * Its version.
   *
   * @return {@code 1}
   */
  @Override
  public String version() {
    return "1";
  }

  /**
   * Reads and checks a compiled pipeline.
   *
   * <p>Types of parameters are called as the IR does, {@code NUMBER_INTEGER} also where an older
   * compiler wrote {@code INT}; types of artifacts by their schema's title, {@code
   * list(system.Dataset)} for a list. Components are called as in the file; {@code root} is the
   * pipeline's own graph: its tasks, what they are given and what becomes of it, without the
   * components that they use. The digest of any other component also counts its executor, what
   * Kubernetes adds to it and, for a sub-pipeline, all that is in it. Paths of tasks are those of
   * {@link KfpPipeline#steps}; importers have no image. Caching is the JSON of {@code
   * cachingOptions}, for instance <code>{"enableCache":true}</code>; also that of sub-pipelines and
   * loops.
   *
   * @param content as {@link KfpPipeline#read} reads it, UTF-8; messages call it {@code pipeline}
   * @return what it says
   * @throws InvalidPipelineException if it is no compiled pipeline
   * @throws IllegalStateException if an optional library that the content needs is missing
   */
  @Override
  public PipelineDescription read(byte[] content) {
    Documents documents = Documents.read("pipeline", content);
    Spec spec = Spec.read(documents);
    Map<String, PipelineDescription.Parameter> parameters = new TreeMap<>();
    spec.root()
        .inputs()
        .parameters()
        .forEach((name, declared) -> parameters.put(name, parameter(declared)));
    Map<String, String> images = new TreeMap<>();
    for (KfpPipeline.Step step : Nesting.steps(spec, spec.root(), "", spec.root().spot())) {
      if (step.image() != null) {
        images.put(step.path(), step.image());
      }
    }
    Map<String, String> caching = new TreeMap<>();
    caching(spec, spec.root(), "", caching);
    return new PipelineDescription(
        parameters, outputs(spec), ComponentDigests.of(spec, documents), images, caching);
  }

  private static PipelineDescription.Parameter parameter(Signature.Parameter declared) {
    boolean required = !declared.optional() && declared.defaultValue() == null;
    return new PipelineDescription.Parameter(declared.type().name(), required);
  }

  private static Map<String, String> outputs(Spec spec) {
    Map<String, String> outputs = new TreeMap<>();
    Signature declared = spec.root().outputs();
    declared.parameters().forEach((name, each) -> outputs.put(name, each.type().name()));
    declared
        .artifacts()
        .forEach(
            (name, each) ->
                outputs.put(name, each.list() ? "list(" + each.type() + ")" : each.type()));
    return outputs;
  }

  private static void caching(
      Spec spec, Component component, String path, Map<String, String> found) {
    if (component.body() instanceof Graph graph) {
      for (Task task : graph.tasks().values()) {
        String inner = Nesting.path(path, task);
        String written = task.caching().written();
        if (written != null) {
          found.put(inner, written);
        }
        caching(spec, spec.component(task.component()), inner, found);
      }
    }
  }
}

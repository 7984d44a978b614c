package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled Kubeflow pipeline ({@code PipelineSpec}), read and checked. Immutable and thread-safe;
 * every run of it is a {@link KfpRun}.
 */
public final class KfpPipeline {
  private final Spec spec;

  private KfpPipeline(Spec spec) {
    this.spec = spec;
  }

  /**
   * Reads a compiled pipeline, or a plan of one.
   *
   * @param file UTF-8; YAML or JSON; one document, or two of which one has {@code platforms}; or
   *     what {@link KfpPlanCompiler} made
   * @return the pipeline
   * @throws IOException if the file cannot be read
   * @throws InvalidPipelineException if it is not a compiled pipeline, or names something that is
   *     not there
   * @throws IllegalStateException if an optional library that the file needs is missing
   */
  public static KfpPipeline read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads a plan, and nothing else: what {@link KfpPlanCompiler} made of a compiled pipeline. A run
   * of it has the keys that a run of the pipeline has.
   *
   * @param file UTF-8; the format is docs/compiled.md
   * @return the pipeline, its places and lines those of the plan
   * @throws IOException if the file cannot be read
   * @throws InvalidPipelineException if it is no plan, or one of a newer format, or damaged
   * @throws IllegalStateException if an optional library that the plan needs is missing
   */
  public static KfpPipeline readPlan(Path file) throws IOException {
    Documents documents = Documents.read(file.toString(), Files.readAllBytes(file));
    if (!documents.plan()) {
      throw documents
          .pipeline()
          .spot()
          .error("is no plan; make one of it with KfpPlanCompiler or `taskcache compile`");
    }
    return new KfpPipeline(Spec.read(documents));
  }

  /**
   * Reads a compiled pipeline from a text, as {@link #read} does.
   *
   * @param fileName what messages call it
   * @param text the file's content
   * @return the pipeline
   * @throws InvalidPipelineException if it is not a compiled pipeline
   * @throws IllegalStateException if an optional library that the text needs is missing
   */
  public static KfpPipeline parse(String fileName, String text) {
    return new KfpPipeline(Spec.read(Documents.read(fileName, text)));
  }

  /**
   * The text of a pipeline that the Kubeflow Pipelines API gives as a structure; {@link #parse}
   * reads it. Equal structures have equal texts, whatever the order of their members and whether a
   * number is written {@code 2} or {@code 2.0}.
   *
   * @param spec {@code pipeline_spec} of a pipeline version, as {@link JsonForm#parse(String)}
   *     reads it: the pipeline, or an object of it as {@code pipeline_spec} and its platform
   *     configuration as {@code platform_spec}
   * @return JSON, members sorted, no blanks; where there is platform configuration, that follows on
   *     a second line
   * @throws IllegalArgumentException if it is no object, or nests more than 200 levels deep
   */
  public static String text(InputValue spec) {
    return SpecText.of(spec);
  }

  /**
   * Reads a compiled pipeline from bytes, as {@link #read} does.
   *
   * @param fileName what messages call it
   * @param content the file's content, UTF-8
   * @return the pipeline
   * @throws InvalidPipelineException if it is not a compiled pipeline
   * @throws IllegalStateException if an optional library that the content needs is missing
   */
  public static KfpPipeline parse(String fileName, byte[] content) {
    return new KfpPipeline(Spec.read(Documents.read(fileName, content)));
  }

  /**
   * The pipeline's name.
   *
   * @return {@code pipelineInfo.name}
   */
  public String name() {
    return spec.name();
  }

  /**
   * The name of the file that it was read from.
   *
   * @return as messages have it
   */
  public String file() {
    return spec.file();
  }

  /**
   * The parameters that a run can set.
   *
   * @return declaration by name, sorted by name
   */
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    spec.root()
        .inputs()
        .parameters()
        .forEach(
            (name, each) ->
                parameters.put(
                    name,
                    new Parameter(
                        each.type().valueType(),
                        each.defaultValue(),
                        each.optional(),
                        each.spot().line())));
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * Every executable task of the file, in an order in which they could run.
   *
   * @return one step per place in the file where a component is used
   */
  public List<Step> steps() {
    return List.copyOf(Nesting.steps(spec, spec.root(), "", spec.root().spot()));
  }

  Spec spec() {
    return spec;
  }

  /**
   * A parameter of a pipeline.
   *
   * @param type its type
   * @param defaultValue what it is unless a run sets it; null if it has no default
   * @param optional whether it may be absent
   * @param line where the file declares it
   */
  public record Parameter(
      ValueType type, @Nullable InputValue defaultValue, boolean optional, int line) {}

  /**
   * An executable task as the file has it, before any run.
   *
   * @param path as {@link KfpTask#path}, with {@code [*]} for the iterations of a loop
   * @param image its image, placeholders and all; null for an importer
   * @param line where the task is in the file
   */
  public record Step(String path, @Nullable String image, int line) {}
}

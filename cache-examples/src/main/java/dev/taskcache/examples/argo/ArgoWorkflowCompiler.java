package dev.taskcache.examples.argo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.Place;
import dev.taskcache.kfp.KfpPlanCompiler;
import dev.taskcache.version.PipelineCompiler;
import java.io.IOException;
import java.util.Map;

/**
 * Compiles a Kubeflow pipeline of containers and parameters into a workflow of Argo ({@code
 * argoproj.io/v1alpha1}), YAML. What Argo cannot express, or this compiler does not, is refused
 * with its place: docs/compiled.md lists it. An example of a second compiler; immutable and
 * thread-safe.
 */
public final class ArgoWorkflowCompiler implements PipelineCompiler {
  private final KfpPlanCompiler plans;

  /**
   * A compiler that pins images.
   *
   * @param images as {@link KfpPlanCompiler} takes it; {@link ImageDigestResolver#NONE} leaves tags
   */
  public ArgoWorkflowCompiler(ImageDigestResolver images) {
    this.plans = new KfpPlanCompiler(images);
  }

  /**
   * What it is called.
   *
   * @return {@code argo-workflow}
   */
  @Override
  public String name() {
    return "argo-workflow";
  }

  /**
   * Its version, with that of the plan that it goes through.
   *
   * @return for instance {@code 1+plan-1}
   */
  @Override
  public String version() {
    return "1+plan-" + plans.version();
  }

  /**
   * Compiles a pipeline.
   *
   * @param content a compiled pipeline, UTF-8, YAML or JSON
   * @param options as {@link KfpPlanCompiler} takes them
   * @return the workflow, UTF-8; a new array
   * @throws IllegalArgumentException if the content is no pipeline, or none that can be a workflow
   * @throws InterruptedException if this thread is interrupted between two images
   */
  @Override
  public byte[] compile(byte[] content, Map<String, ?> options)
      throws IOException, InterruptedException {
    JsonNode plan = new JsonMapper().readTree(plans.compile(content, options));
    // Places are those of the pipeline's own document.
    IrNode pipeline = new IrNode(plan.path("pipeline"), Place.root());
    return ArgoYaml.write(new ArgoWorkflow(new IrNode(plan, Place.root()), pipeline).document())
        .getBytes(UTF_8);
  }
}

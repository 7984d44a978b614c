package dev.taskcache.kfp;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.version.PipelineCompiler;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compiles Kubeflow's IR into a plan: the checked pipeline in one JSON document, its images pinned,
 * which {@link KfpPipeline#readPlan} reads. A run of the plan has the keys that a run of the IR has
 * with the same images and parameters. The format is docs/compiled.md. Immutable and thread-safe.
 *
 * <p>The one option is {@code parameters}, a map: new defaults of the pipeline's parameters.
 */
public final class KfpPlanCompiler implements PipelineCompiler {
  static final String NAME = "taskcache-plan";

  private final ImageDigestResolver images;

  /** A compiler that leaves every tag as it is, for the run to resolve. */
  public KfpPlanCompiler() {
    this(ImageDigestResolver.NONE);
  }

  /**
   * A compiler that pins images: whoever runs the plan gets the image that a tag meant when it was
   * compiled. A tag that the resolver does not know stays a tag, and the plan lists it.
   *
   * @param images asked once for each tag of a pipeline, on the caller's thread
   */
  public KfpPlanCompiler(ImageDigestResolver images) {
    this.images = images;
  }

  /**
   * What it is called.
   *
   * @return {@code taskcache-plan}
   */
  @Override
  public String name() {
    return NAME;
  }

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
   * Compiles a pipeline. The same content, options and answers of the resolver give the same bytes.
   *
   * @param content a compiled pipeline as {@link KfpPipeline#read} reads it, UTF-8, YAML or JSON;
   *     messages call it {@code pipeline}
   * @param options {@code parameters}, or nothing. A text for a parameter that is no text is read
   *     as JSON.
   * @return the plan, UTF-8; a new array
   * @throws InvalidPipelineException if the content is no compiled pipeline, is a plan already, or
   *     has a number that JSON has not
   * @throws InvalidRequestException if an option is unknown, or a parameter is unknown or not of
   *     its type
   * @throws ImageNotResolvedException as the resolver does, or if its answer is no digest: a
   *     resolver that fails leaves no plan with tags in it
   * @throws InterruptedException if this thread is interrupted between two images
   * @throws IllegalStateException if an optional library that the content needs is missing
   */
  @Override
  public byte[] compile(byte[] content, Map<String, ?> options) throws InterruptedException {
    Documents documents = Documents.read("pipeline", content);
    Field pipeline = documents.pipeline();
    if (documents.plan()) {
      throw pipeline.spot().error("is in a plan already; compile what that was made from");
    }
    Spec spec = Spec.read(documents);
    PlanOptions checked = PlanOptions.of(options, spec);
    UsedParts used = UsedParts.of(spec, pipeline);
    PlanImages pinned = new PlanImages(images);
    Map<String, InputValue> plan = new TreeMap<>();
    plan.put("source", new InputValue.Text(digest(content)));
    plan.put("pipeline", pipeline(pipeline, used, checked, pinned));
    Field platforms = documents.platform() == null ? null : documents.platform().get("platforms");
    if (platforms != null) {
      finite(platforms);
      plan.put("platforms", platforms(platforms, used));
    }
    plan.put("images", pinned.resolved());
    plan.put("unresolvedImages", pinned.unresolved());
    byte[] written = PlanDocument.write(plan);
    readAgain(written, pipeline);
    return written;
  }

  /** What cannot be read is refused here, and not where it is to be run. */
  private static void readAgain(byte[] plan, Field pipeline) {
    try {
      Spec.read(Documents.read("plan", plan));
    } catch (InvalidPipelineException e) {
      throw pipeline.spot().error("makes a plan that cannot be read: " + e.getMessage());
    }
  }

  private static InputValue pipeline(
      Field pipeline, UsedParts used, PlanOptions options, PlanImages pinned)
      throws InterruptedException {
    finite(pipeline);
    Map<String, InputValue> images = images(pipeline, used, pinned);
    InputValue document =
        PlanEdits.at(
            List.of("components"), pipeline.value(), all -> PlanEdits.only(used.components(), all));
    document =
        PlanEdits.at(
            List.of("deploymentSpec", "executors"),
            document,
            all ->
                PlanEdits.each(
                    images,
                    PlanEdits.only(used.executors(), all),
                    (executor, image) ->
                        PlanEdits.at(List.of("container", "image"), executor, text -> image)));
    return PlanEdits.at(
        List.of("root", "inputDefinitions", "parameters"),
        document,
        all ->
            PlanEdits.each(
                options.defaults(),
                all,
                (declared, value) -> PlanEdits.with(declared, "defaultValue", value)));
  }

  /** By executor what its image becomes. */
  private static Map<String, InputValue> images(Field pipeline, UsedParts used, PlanImages pinned)
      throws InterruptedException {
    Map<String, InputValue> images = new TreeMap<>();
    Field deployment = pipeline.get("deploymentSpec");
    Map<String, Field> executors = deployment == null ? Map.of() : deployment.entries("executors");
    for (String label : used.executors()) {
      Field executor = executors.get(label);
      Field container = executor == null ? null : executor.get("container");
      Field image = container == null ? null : container.get("image");
      if (image != null) {
        images.put(label, new InputValue.Text(pinned.pinned(image)));
      }
    }
    return images;
  }

  private static InputValue platforms(Field platforms, UsedParts used) {
    return PlanEdits.at(
        List.of("kubernetes", "deploymentSpec", "executors"),
        platforms.value(),
        all -> PlanEdits.only(used.executors(), all));
  }

  private static void finite(Field document) {
    document
        .all()
        .filter(
            each ->
                each.node() instanceof Located.Scalar scalar
                    && scalar.value() instanceof InputValue.Float64 number
                    && !Double.isFinite(number.value()))
        .findFirst()
        .ifPresent(
            each -> {
              throw each.spot()
                  .error("is no number that JSON has, so no plan can hold it; write another");
            });
  }

  private static String digest(byte[] content) {
    return "sha256:" + HexFormat.of().formatHex(KfpFingerprint.sha256().digest(content));
  }
}

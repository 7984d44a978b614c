package dev.taskcache.examples;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline, with which parameters and images. */
final class PipelineOptions {
  @Parameters(
      index = "0",
      paramLabel = "PIPELINE",
      description = "A compiled pipeline (KFP's PipelineSpec), YAML or JSON.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = "--compiled",
      description = "PIPELINE is a plan that `compile` wrote; whatever else it may be is refused.")
  private boolean compiled;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = {
        "Sets a pipeline parameter; repeat it for more.",
        "The value of a parameter that is no string is JSON."
      })
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = TaskRequest.DEFAULT_NAMESPACE,
      description = "Whose results these are; default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private String namespace;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = {
        "Digests of image tags, one on a line: python:3.11 sha256:...",
        "A task whose image is a tag that is not there is not cached."
      })
  private @Nullable Path images;

  LocalPipeline source() {
    LocalPipeline read = compiled ? LocalPipeline.readPlan(file) : LocalPipeline.read(file);
    return read.with(parameters).in(namespace);
  }

  ImageDigestResolver images() {
    return images(images);
  }

  static ImageDigestResolver images(@Nullable Path file) {
    if (file == null) {
      return ImageDigestResolver.NONE;
    }
    try {
      return ImageDigestResolver.ofFile(file);
    } catch (InvalidRequestException e) {
      throw BadInputException.ofImages(e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }
}

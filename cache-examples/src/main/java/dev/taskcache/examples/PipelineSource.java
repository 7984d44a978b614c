package dev.taskcache.examples;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.kfp.InvalidPipelineException;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.kfp.KfpRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A pipeline with parameters, from which runs on this machine are begun.
 *
 * @param pipeline the pipeline
 * @param parameters text by name, as on a command line
 * @param namespace whose results
 * @param overrides what the run says about caching
 */
record PipelineSource(
    KfpPipeline pipeline,
    Map<String, String> parameters,
    String namespace,
    RunOverrides overrides) {

  static PipelineSource parse(String fileName, String text) {
    try {
      return of(KfpPipeline.parse(fileName, text));
    } catch (InvalidPipelineException e) {
      throw BadInputException.of(e);
    }
  }

  static PipelineSource read(Path file) {
    try {
      return of(KfpPipeline.read(file));
    } catch (InvalidPipelineException e) {
      throw BadInputException.of(e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }

  private static PipelineSource of(KfpPipeline pipeline) {
    return new PipelineSource(pipeline, Map.of(), TaskRequest.DEFAULT_NAMESPACE, RunOverrides.NONE);
  }

  PipelineSource with(Map<String, String> otherParameters) {
    return new PipelineSource(pipeline, otherParameters, namespace, overrides);
  }

  PipelineSource in(String otherNamespace) {
    return new PipelineSource(pipeline, parameters, otherNamespace, overrides);
  }

  PipelineSource overridden(RunOverrides switches) {
    return new PipelineSource(pipeline, parameters, namespace, switches);
  }

  /** Begins a run under an id that no other run has. */
  KfpRun begin(String runId) {
    try {
      return KfpRun.builder(pipeline)
          .parameters(parameters)
          .namespace(namespace)
          .runId(runId)
          .platform(LocalExecutor.platform())
          .overrides(overrides)
          .build();
    } catch (InvalidRequestException e) {
      throw BadInputException.of(pipeline.file(), e);
    }
  }
}

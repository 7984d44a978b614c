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
record LocalPipeline(
    KfpPipeline pipeline,
    Map<String, String> parameters,
    String namespace,
    RunOverrides overrides) {

  static LocalPipeline parse(String fileName, String text) {
    try {
      return of(KfpPipeline.parse(fileName, text));
    } catch (InvalidPipelineException e) {
      throw BadInputException.of(e);
    }
  }

  static LocalPipeline read(Path file) {
    return read(file, KfpPipeline::read);
  }

  /** Reads a plan, and nothing else. */
  static LocalPipeline readPlan(Path file) {
    return read(file, KfpPipeline::readPlan);
  }

  /** One of the ways to read a file. */
  private interface Reading {
    KfpPipeline of(Path file) throws IOException;
  }

  private static LocalPipeline read(Path file, Reading reading) {
    try {
      return of(reading.of(file));
    } catch (InvalidPipelineException e) {
      throw BadInputException.of(e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }

  private static LocalPipeline of(KfpPipeline pipeline) {
    return new LocalPipeline(pipeline, Map.of(), TaskRequest.DEFAULT_NAMESPACE, RunOverrides.NONE);
  }

  LocalPipeline with(Map<String, String> otherParameters) {
    return new LocalPipeline(pipeline, otherParameters, namespace, overrides);
  }

  LocalPipeline in(String otherNamespace) {
    return new LocalPipeline(pipeline, parameters, otherNamespace, overrides);
  }

  LocalPipeline overridden(RunOverrides switches) {
    return new LocalPipeline(pipeline, parameters, namespace, switches);
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

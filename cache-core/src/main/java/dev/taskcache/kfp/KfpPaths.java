package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;

/**
 * The places that one execution of a task reads from and writes to; the executor decides them, and
 * {@link KfpTask#render} puts them where the task's placeholders are. Nothing of it is in the key.
 */
public interface KfpPaths {
  /**
   * The file into which the task writes an output parameter.
   *
   * @param output the parameter's name
   * @return a local path
   */
  String outputParameterFile(String output);

  /**
   * The file or folder into which the task writes an output artifact.
   *
   * @param output the artifact's name
   * @return a local path
   */
  String outputArtifactPath(String output);

  /**
   * The URI under which an output artifact will be known.
   *
   * @param output the artifact's name
   * @return the URI; unless overridden the local path
   */
  default String outputArtifactUri(String output) {
    return outputArtifactPath(output);
  }

  /**
   * Where an input artifact can be read.
   *
   * @param input the input's name
   * @param index which of the input's artifacts, from 0; 0 unless the input is a list
   * @param artifact the artifact
   * @return a local path
   */
  String inputArtifactPath(String input, int index, InputValue.Artifact artifact);

  /**
   * The file into which a task that was given {@code {{$}}} writes its outputs as JSON ({@code
   * executor_output.json}).
   *
   * @return a local path
   */
  String executorOutputFile();

  /**
   * The folder that the tasks of a run share.
   *
   * @return a local path
   * @throws UnsupportedOperationException unless overridden: there is none
   */
  default String workspace() {
    throw new UnsupportedOperationException(
        "the task names {{$.workspace_path}}, but this executor has no workspace; override"
            + " KfpPaths.workspace()");
  }

  /**
   * The folder under which the run keeps its artifacts.
   *
   * @return a path or URI
   * @throws UnsupportedOperationException unless overridden: there is none
   */
  default String pipelineRoot() {
    throw new UnsupportedOperationException(
        "the task names {{$.pipeline_root}}, but this executor has none; override"
            + " KfpPaths.pipelineRoot()");
  }
}

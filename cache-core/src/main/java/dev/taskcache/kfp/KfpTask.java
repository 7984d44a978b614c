package dev.taskcache.kfp;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One executable task of a run, whose inputs are known: what a cache is asked about, and what is
 * executed if the cache does not have it. Immutable and thread-safe; equal only to itself.
 */
public final class KfpTask {
  /**
   * The task's place in the run.
   *
   * @return task names from the outside in, with the iteration in loops: {@code train}, {@code
   *     sub-pipeline.train}, {@code loop[0].inner[1].print}
   */
  public String path() {
    throw new UnsupportedOperationException();
  }

  /**
   * The line of the task in its file.
   *
   * @return from 1
   */
  public int line() {
    throw new UnsupportedOperationException();
  }

  /**
   * What to ask a cache.
   *
   * @return the request; {@link TaskRequest#notCached} says where the file switches caching off, or
   *     why the task can never be cached
   */
  public TaskRequest request() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether no process runs: the task's only output is an artifact that lies somewhere already.
   * Then {@link #importedOutputs} is all there is to do.
   *
   * @return true for an importer
   */
  public boolean isImporter() {
    throw new UnsupportedOperationException();
  }

  /**
   * The outputs of an importer, to be passed to {@link KfpRun#succeeded}.
   *
   * @return one artifact, by URI and without a digest; empty for any other task
   */
  public Map<String, InputValue> importedOutputs() {
    throw new UnsupportedOperationException();
  }

  /**
   * The image as the run has it, placeholders filled in.
   *
   * @return empty for an importer
   */
  public Optional<String> image() {
    throw new UnsupportedOperationException();
  }

  /**
   * The command as the file has it, placeholders and all.
   *
   * @return words in order; may be empty
   */
  public List<String> command() {
    throw new UnsupportedOperationException();
  }

  /**
   * The arguments as the file has them, placeholders and all.
   *
   * @return words in order; may be empty
   */
  public List<String> args() {
    throw new UnsupportedOperationException();
  }

  /**
   * The environment; input parameters are filled in, other placeholders are not.
   *
   * @return variables in order
   */
  public List<EnvVar> env() {
    throw new UnsupportedOperationException();
  }

  /**
   * The input parameters.
   *
   * @return value by name, of the declared type, defaults filled in; without absent ones
   */
  public Map<String, InputValue> parameters() {
    throw new UnsupportedOperationException();
  }

  /**
   * The input artifacts.
   *
   * @return by name an {@link InputValue.Artifact}, or a list of them; without absent ones
   */
  public Map<String, InputValue> artifacts() {
    throw new UnsupportedOperationException();
  }

  /**
   * The declared output parameters.
   *
   * @return type by name
   */
  public Map<String, ValueType> outputParameters() {
    throw new UnsupportedOperationException();
  }

  /**
   * The declared output artifacts.
   *
   * @return by name an {@link ValueType.ArtifactType}, or a list of it
   */
  public Map<String, ValueType> outputArtifacts() {
    throw new UnsupportedOperationException();
  }

  /**
   * Fills in every placeholder, for an execution.
   *
   * @param paths where this execution reads and writes
   * @return what to execute; empty command and arguments for an importer
   */
  public KfpCommand render(KfpPaths paths) {
    throw new UnsupportedOperationException();
  }

  /**
   * The path.
   *
   * @return for instance {@code train[2]}
   */
  @Override
  public String toString() {
    return path();
  }
}

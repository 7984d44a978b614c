package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One run of a pipeline, stepped by its caller: it says which tasks are ready and is told how they
 * ended. It starts nothing and keeps no time. Not thread-safe: one thread at a time.
 *
 * <p>A task that fails stops what depends on it and nothing else; what is to run after all others
 * have completed, such as an exit handler, still runs.
 */
public final class KfpRun {
  /**
   * Begins a run.
   *
   * @param pipeline the pipeline
   * @return a builder
   */
  public static Builder builder(KfpPipeline pipeline) {
    throw new UnsupportedOperationException();
  }

  /**
   * Hands out the tasks whose inputs are known now and that were not handed out before.
   *
   * @return in dependency order, the same for the same history; may be empty
   */
  public List<KfpTask> ready() {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that a task succeeded, or that a cache had its outputs.
   *
   * @param task a task that was handed out and is not yet settled
   * @param outputs value by output name; of a declared type, see {@link KfpTask#outputParameters}
   *     and {@link KfpTask#outputArtifacts}. One that is missing is missed by those alone who need
   *     it.
   * @throws InvalidRequestException if an output is not declared, or not of its type; the task is
   *     still unsettled then
   * @throws IllegalStateException if the task is not this run's, or settled already
   */
  public void succeeded(KfpTask task, Map<String, InputValue> outputs) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that a task failed.
   *
   * @param task a task that was handed out and is not yet settled
   * @throws IllegalStateException if the task is not this run's, or settled already
   */
  public void failed(KfpTask task) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that a task would run and that its outputs are therefore not known: for planning. Whatever
   * needs one of them becomes unknown; what merely has to wait for the task is handed out.
   *
   * @param task a task that was handed out and is not yet settled
   * @throws IllegalStateException if the task is not this run's, or settled already
   */
  public void unknown(KfpTask task) {
    throw new UnsupportedOperationException();
  }

  /**
   * The tasks that were not handed out and never will be.
   *
   * @return in the order in which that became clear
   */
  public List<KfpSkipped> skipped() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether every task is settled: it succeeded, failed, is unknown or was skipped.
   *
   * @return true if there is nothing left to do
   */
  public boolean done() {
    throw new UnsupportedOperationException();
  }

  /**
   * The pipeline's own outputs, as far as they are known.
   *
   * @return value by output name
   */
  public Map<String, InputValue> outputs() {
    throw new UnsupportedOperationException();
  }

  /** Collects what a run needs. Not thread-safe. */
  public static final class Builder {
    /**
     * Sets the pipeline's parameters; those not set have their defaults.
     *
     * @param parameters any object that {@link InputValue#of} knows, by name. A text for a
     *     parameter that is no text is read as JSON.
     * @return this builder
     */
    public Builder parameters(Map<String, ?> parameters) {
      throw new UnsupportedOperationException();
    }

    /**
     * Sets the namespace of every request; {@link dev.taskcache.TaskRequest#DEFAULT_NAMESPACE}
     * unless set.
     *
     * @param namespace not empty
     * @return this builder
     */
    public Builder namespace(String namespace) {
      throw new UnsupportedOperationException();
    }

    /**
     * Sets the run's id, which must be another one for each run; a random UUID unless set.
     *
     * @param runId not empty
     * @return this builder
     */
    public Builder runId(String runId) {
      throw new UnsupportedOperationException();
    }

    /**
     * Sets when the run was created and scheduled; now unless set.
     *
     * @param startTime for tasks that ask for it
     * @return this builder
     */
    public Builder startTime(Instant startTime) {
      throw new UnsupportedOperationException();
    }

    /**
     * Adds what else changes results wherever this run's tasks are executed, for instance {@code
     * os} and {@code arch}; it is in every component's platform.
     *
     * @param platform value by name
     * @return this builder
     */
    public Builder platform(Map<String, InputValue> platform) {
      throw new UnsupportedOperationException();
    }

    /**
     * Begins the run.
     *
     * @return the run
     * @throws InvalidRequestException if a parameter is unknown, missing, or not of its type
     */
    public KfpRun build() {
      throw new UnsupportedOperationException();
    }
  }
}

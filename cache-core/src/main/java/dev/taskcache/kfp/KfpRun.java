package dev.taskcache.kfp;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline, stepped by its caller: it says which tasks are ready and is told how they
 * ended. It starts nothing and keeps no time. Not thread-safe: one thread at a time.
 *
 * <p>A task that fails stops what depends on it and nothing else; what is to run after all others
 * have completed, such as an exit handler, still runs.
 */
public final class KfpRun {
  private final Engine engine;

  private KfpRun(RunFacts facts, TaskInputs inputs) {
    this.engine = new Engine(facts, inputs);
  }

  /**
   * Begins a run.
   *
   * @param pipeline the pipeline
   * @return a builder
   */
  public static Builder builder(KfpPipeline pipeline) {
    return new Builder(pipeline.spec());
  }

  /**
   * Hands out the tasks whose inputs are known now and that were not handed out before.
   *
   * @return in dependency order, the same for the same history; may be empty
   */
  public List<KfpTask> ready() {
    return engine.takeReady();
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
    if (!engine.isOpen(task)) {
      engine.settle(task);
    }
    Map<String, InputValue> checked = RunValues.outputs(task, outputs);
    Leaf leaf = engine.settle(task);
    leaf.succeed(checked);
    engine.proceed(leaf);
  }

  /**
   * Says that a task failed.
   *
   * @param task a task that was handed out and is not yet settled
   * @throws IllegalStateException if the task is not this run's, or settled already
   */
  public void failed(KfpTask task) {
    end(task, Node.State.FAILED);
  }

  /**
   * Says that a task would run and that its outputs are therefore not known: for planning. Whatever
   * needs one of them becomes unknown; what merely has to wait for the task is handed out.
   *
   * @param task a task that was handed out and is not yet settled
   * @throws IllegalStateException if the task is not this run's, or settled already
   */
  public void unknown(KfpTask task) {
    end(task, Node.State.UNKNOWN);
  }

  private void end(KfpTask task, Node.State state) {
    Leaf leaf = engine.settle(task);
    leaf.end(Node.Ending.of(state));
    engine.proceed(leaf);
  }

  /**
   * The tasks that were not handed out and never will be.
   *
   * @return in the order in which that became clear
   */
  public List<KfpSkipped> skipped() {
    return List.copyOf(engine.skipped());
  }

  /**
   * Whether every task is settled: it succeeded, failed, is unknown or was skipped.
   *
   * @return true if there is nothing left to do
   */
  public boolean done() {
    return engine.root().ending() != null;
  }

  /**
   * The pipeline's own outputs, as far as they are known.
   *
   * @return value by output name
   */
  public Map<String, InputValue> outputs() {
    Map<String, InputValue> outputs = new TreeMap<>();
    if (done()) {
      for (String name : engine.root().graph().outputs().keySet()) {
        if (engine.root().output(name) instanceof Resolved.Known known) {
          outputs.put(name, known.value());
        }
      }
    }
    return outputs;
  }

  /** Collects what a run needs. Not thread-safe. */
  public static final class Builder {
    private final Spec spec;
    private Map<String, ?> parameters = Map.of();
    private String namespace = TaskRequest.DEFAULT_NAMESPACE;
    private @Nullable String runId;
    private @Nullable Instant startTime;
    private Map<String, InputValue> platform = Map.of();
    private KfpOverrides overrides = KfpOverrides.NONE;

    private Builder(Spec spec) {
      this.spec = spec;
    }

    /**
     * Sets the pipeline's parameters; those not set have their defaults.
     *
     * @param parameters any object that {@link InputValue#of} knows, by name. A text for a
     *     parameter that is no text is read as JSON.
     * @return this builder
     */
    public Builder parameters(Map<String, ?> parameters) {
      this.parameters = Map.copyOf(parameters);
      return this;
    }

    /**
     * Sets the namespace of every request; {@link dev.taskcache.TaskRequest#DEFAULT_NAMESPACE}
     * unless set.
     *
     * @param namespace not empty
     * @return this builder
     */
    public Builder namespace(String namespace) {
      this.namespace = namespace;
      return this;
    }

    /**
     * Sets the run's id, which must be another one for each run; a random UUID unless set.
     *
     * @param runId not empty
     * @return this builder
     */
    public Builder runId(String runId) {
      this.runId = runId;
      return this;
    }

    /**
     * Sets when the run was created and scheduled; now unless set.
     *
     * @param startTime for tasks that ask for it
     * @return this builder
     */
    public Builder startTime(Instant startTime) {
      this.startTime = startTime;
      return this;
    }

    /**
     * Adds what else changes results wherever this run's tasks are executed, for instance {@code
     * os} and {@code arch}; it is in every component's platform.
     *
     * @param platform value by name
     * @return this builder
     */
    public Builder platform(Map<String, InputValue> platform) {
      this.platform = Map.copyOf(platform);
      return this;
    }

    /**
     * Sets what this run says about caching, also to tasks in nested pipelines. It stands above
     * what the file says, and below what the cache's administrator allows.
     *
     * @param overrides asked once for each task with a process
     * @return this builder
     */
    public Builder overrides(KfpOverrides overrides) {
      this.overrides = overrides;
      return this;
    }

    /**
     * Begins the run.
     *
     * @return the run
     * @throws InvalidRequestException if a parameter is unknown, missing, or not of its type
     */
    public KfpRun build() {
      RunFacts facts =
          new RunFacts(
              spec,
              namespace,
              runId == null ? UUID.randomUUID().toString() : runId,
              startTime == null ? Instant.now() : startTime,
              platform,
              overrides);
      return new KfpRun(facts, RunValues.inputs(spec, parameters));
    }
  }
}

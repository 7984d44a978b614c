package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task of a run: executable, or a group of others, or one that does not run. Mutable. */
abstract class Node {
  private final @Nullable Node parent;
  private final String name;
  private final String path;
  private @Nullable Ending ending;

  /**
   * A node.
   *
   * @param parent what it is part of; null for the whole run
   * @param name its task's name
   */
  Node(@Nullable Node parent, String name, String path) {
    this.parent = parent;
    this.name = name;
    this.path = path;
  }

  /** How a node ended, and what those say who depend on it. */
  record Ending(State state, KfpSkipped.Why why, String because) {
    static Ending of(State state) {
      return new Ending(state, KfpSkipped.Why.UPSTREAM_FAILED, "");
    }

    /** Whether the group around it has failed, too. */
    boolean isFailure() {
      return state == State.FAILED
          || (state == State.SKIPPED
              && (why == KfpSkipped.Why.UPSTREAM_FAILED || why == KfpSkipped.Why.INVALID));
    }
  }

  /** How nodes end. */
  enum State {
    SUCCEEDED,
    FAILED,
    SKIPPED,
    UNKNOWN
  }

  /** One of its outputs, once it has ended. */
  abstract Resolved output(String key);

  /** Takes note that a part of it has ended. */
  abstract void ended(Node part);

  final @Nullable Node parent() {
    return parent;
  }

  final String name() {
    return name;
  }

  final String path() {
    return path;
  }

  final @Nullable Ending ending() {
    return ending;
  }

  final void end(Ending how) {
    if (ending != null) {
      throw new IllegalStateException(path + " has ended already");
    }
    ending = how;
  }

  /** What its outputs are if it has none. */
  final Resolved noOutput() {
    if (ending != null && ending.state() == State.UNKNOWN) {
      return new Resolved.Unknown(ending.because().isEmpty() ? path : ending.because());
    } else if (ending != null && ending.state() == State.SKIPPED && !ending.isFailure()) {
      return new Resolved.Lost(
          KfpSkipped.Why.UPSTREAM_SKIPPED, "depends on " + path + ", which was skipped");
    }
    String how =
        ending != null && ending.isFailure() ? ", which failed" : ", which did not give it";
    return new Resolved.Lost(KfpSkipped.Why.UPSTREAM_FAILED, "depends on " + path + how);
  }

  /** How it ended, as a task sees it that asks. */
  final Resolved finalStatus(String task, RunFacts facts) {
    if (ending == null || ending.state() == State.UNKNOWN) {
      return new Resolved.Unknown(path);
    }
    boolean failed = ending.isFailure();
    String state = failed ? "FAILED" : ending.state() == State.SKIPPED ? "SKIPPED" : "SUCCEEDED";
    return new Resolved.Known(
        new InputValue.MapValue(
            Map.of(
                "state", new InputValue.Text(state),
                "pipelineTaskName", new InputValue.Text(task),
                "pipelineJobResourceName",
                    new InputValue.Text(facts.spec().name() + "-" + facts.runId()),
                "error", InputValue.MapValue.EMPTY)));
  }
}

package dev.taskcache.flyte;

/**
 * A node of a Flyte workflow, as far as it overrides what its task says: whether it is cached,
 * under which version, whether runs wait for each other, the image, the pod template and the
 * accelerator. Read by a {@link FlyteTaskReader}; {@link FlyteTask#with} applies it. Immutable.
 */
public final class FlyteNode {
  private final Message node;

  FlyteNode(Message node) {
    this.node = node;
  }

  /**
   * The node's name inside its workflow.
   *
   * @return for instance {@code n0}; empty if it has none
   */
  public String id() {
    return node.text("id");
  }

  Message metadata() {
    return node.message("metadata");
  }

  Message overrides() {
    return node.message("task_node").message("overrides");
  }
}

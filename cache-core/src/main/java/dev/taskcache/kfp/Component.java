package dev.taskcache.kfp;

import java.util.Optional;

/**
 * A component of a pipeline: a process, an importer, or a graph of tasks that use other components.
 *
 * @param label what people call it
 */
record Component(
    String name, String label, Signature inputs, Signature outputs, Body body, Spot spot) {

  /** What a component consists of. */
  sealed interface Body permits Graph, Container, Importer {}

  /** The component's graph; empty if it is executable. */
  Optional<Graph> graph() {
    return body instanceof Graph graph ? Optional.of(graph) : Optional.empty();
  }

  /** The name of the root, which no file uses for a component: theirs are not empty. */
  static final String ROOT = "";
}

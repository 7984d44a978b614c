package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.Map;

/** An executable task of a run. */
final class Leaf extends Node {
  private Map<String, InputValue> outputs = Map.of();

  Leaf(Node parent, String name, String path) {
    super(parent, name, path);
  }

  void succeed(Map<String, InputValue> values) {
    end(Ending.of(State.SUCCEEDED));
    outputs = Map.copyOf(values);
  }

  @Override
  Resolved output(String key) {
    InputValue value = outputs.get(key);
    return value == null ? noOutput() : Resolved.of(value);
  }

  @Override
  void ended(Node part) {
    throw new IllegalStateException(path() + " has no parts");
  }
}

package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Documents with a part of them changed; what is not there stays absent. */
final class PlanEdits {
  private PlanEdits() {}

  /** The document with what is at a path replaced. */
  static InputValue at(
      List<String> path, InputValue document, UnaryOperator<InputValue> replacement) {
    if (path.isEmpty()) {
      return replacement.apply(document);
    } else if (!(document instanceof InputValue.MapValue map)
        || !map.entries().containsKey(path.get(0))) {
      return document;
    } else {
      InputValue part = map.entries().get(path.get(0));
      InputValue changed =
          at(path.subList(1, path.size()), part == null ? document : part, replacement);
      return with(map, path.get(0), changed);
    }
  }

  /** The map with one more entry, or another value. */
  static InputValue with(InputValue map, String name, InputValue value) {
    Map<String, InputValue> entries = new TreeMap<>(entries(map));
    entries.put(name, value);
    return new InputValue.MapValue(entries);
  }

  /** The map with those entries only. */
  static InputValue only(Set<String> names, InputValue map) {
    Map<String, InputValue> entries = new TreeMap<>(entries(map));
    entries.keySet().retainAll(names);
    return new InputValue.MapValue(entries);
  }

  /** The map with its values changed for which there is something to change them with. */
  static InputValue each(
      Map<String, InputValue> changes, InputValue map, BinaryOperator<InputValue> change) {
    Map<String, InputValue> entries = new TreeMap<>(entries(map));
    changes.forEach(
        (name, with) -> entries.computeIfPresent(name, (key, value) -> change.apply(value, with)));
    return new InputValue.MapValue(entries);
  }

  private static Map<String, InputValue> entries(InputValue map) {
    return map instanceof InputValue.MapValue entries ? entries.entries() : Map.of();
  }
}

package dev.taskcache.key;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes values that JSON has no form for as the objects that {@link SpelledReader} reads. */
final class SpelledWriter {
  private SpelledWriter() {}

  static InputValue encode(InputValue value) {
    return Depth.guarded(Place.root(), () -> encode(value, 0));
  }

  private static InputValue encode(InputValue value, int depth) {
    if (value instanceof InputValue.ListValue list) {
      return encoded(list, depth);
    }
    return value instanceof InputValue.MapValue map ? escaped(map, depth) : spelled(value, depth);
  }

  private static InputValue encoded(InputValue.ListValue list, int depth) {
    int inside = Depth.below(depth, Place.root());
    List<InputValue> elements = new ArrayList<>();
    for (InputValue element : list.elements()) {
      elements.add(encode(element, inside));
    }
    return new InputValue.ListValue(elements);
  }

  private static InputValue spelled(InputValue value, int depth) {
    if (value instanceof InputValue.Decimal decimal) {
      return form("$decimal", text(decimal.value().toString().replace('E', 'e')));
    } else if (value instanceof InputValue.Float64 number && !Double.isFinite(number.value())) {
      return form("$float", text(Double.toString(number.value())));
    } else if (value instanceof InputValue.Bytes bytes) {
      return form("$bytes", text(Base64.getEncoder().encodeToString(bytes.value())));
    } else if (value instanceof InputValue.Timestamp timestamp) {
      return form("$timestamp", text(Timestamps.format(timestamp.value())));
    } else if (value instanceof InputValue.Secret secret) {
      return form(
          "$secret",
          new InputValue.MapValue(
              Map.of("name", text(secret.name()), "version", text(secret.version()))));
    } else if (value instanceof InputValue.Artifact artifact) {
      Map<String, InputValue> fields = new LinkedHashMap<>();
      fields.put("type", text(artifact.type()));
      if (artifact.digest() != null) {
        fields.put("digest", text(artifact.digest()));
      }
      if (artifact.uri() != null) {
        fields.put("uri", text(artifact.uri()));
      }
      if (!artifact.metadata().entries().isEmpty()) {
        fields.put("metadata", escaped(artifact.metadata(), Depth.below(depth, Place.root())));
      }
      return form("$artifact", new InputValue.MapValue(fields));
    }
    return value;
  }

  private static InputValue escaped(InputValue.MapValue map, int depth) {
    int inside = Depth.below(depth, Place.root());
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
      String key = entry.getKey();
      entries.put(key.startsWith("$") ? "$" + key : key, encode(entry.getValue(), inside));
    }
    return new InputValue.MapValue(entries);
  }

  private static InputValue form(String name, InputValue part) {
    return new InputValue.MapValue(Map.of(name, part));
  }

  private static InputValue text(String text) {
    return new InputValue.Text(text);
  }
}

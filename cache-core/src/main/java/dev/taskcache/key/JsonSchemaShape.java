package dev.taskcache.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a type can say what a schema's keywords assert. Those that it says are taken out of them.
 */
final class JsonSchemaShape {
  private final JsonSchemaTypes types;
  private final Map<JsonSchemaKeyword, JsonPart> words;
  private final int depth;
  private final Map<String, ValueType> assertions = new LinkedHashMap<>();
  private final ValueType value;
  private boolean nullable;

  JsonSchemaShape(JsonSchemaTypes types, Map<JsonSchemaKeyword, JsonPart> words, int depth) {
    this.types = types;
    this.words = words;
    this.depth = depth;
    this.value = read();
  }

  /** The type, but for null. */
  ValueType value() {
    return value;
  }

  /** Whether null is of the type too. */
  boolean nullable() {
    return nullable;
  }

  /** What the type needs beside it. */
  Map<String, ValueType> assertions() {
    return assertions;
  }

  private ValueType read() {
    JsonPart typed = words.get(JsonSchemaKeyword.TYPE);
    Set<String> names = typed == null ? JsonTypeNames.ALL : JsonTypeNames.of(typed);
    JsonPart values = words.get(JsonSchemaKeyword.ENUM);
    if (values != null) {
      List<InputValue> allowed = new ArrayList<>();
      for (JsonPart each : JsonSchemaNode.nonEmpty(values)) {
        if (JsonTypeNames.matches(each, names)) {
          allowed.add(each.value());
        }
      }
      Set<String> texts = new TreeSet<>();
      allowed.forEach(each -> texts.addAll(text(each)));
      boolean hasNull = allowed.contains(InputValue.Null.NULL);
      if (!texts.isEmpty()
          && allowed.stream().allMatch(each -> isNull(each) || !text(each).isEmpty())) {
        words.remove(JsonSchemaKeyword.TYPE);
        words.remove(JsonSchemaKeyword.ENUM);
        nullable = hasNull;
        return new ValueType.EnumType(List.copyOf(texts));
      } else if (!allowed.isEmpty()) {
        words.put(
            JsonSchemaKeyword.ENUM,
            new JsonPart(new InputValue.ListValue(allowed), values.place()));
      }
    }
    return typed == null ? ValueType.Scalar.ANY : ofTypes(names);
  }

  private static boolean isNull(InputValue value) {
    return value == InputValue.Null.NULL;
  }

  private static List<String> text(InputValue value) {
    return value instanceof InputValue.Text text ? List.of(text.value()) : List.of();
  }

  private ValueType ofTypes(Set<String> names) {
    Set<String> others = new TreeSet<>(names);
    boolean hasNull = others.remove("null");
    if (others.size() != 1) {
      return ValueType.Scalar.ANY;
    }
    words.remove(JsonSchemaKeyword.TYPE);
    nullable = hasNull;
    return switch (others.iterator().next()) {
      case "string" -> ValueType.Scalar.TEXT;
      case "boolean" -> ValueType.Scalar.BOOL;
      case "integer" -> ValueType.Scalar.INT;
      case "number" -> ValueType.Scalar.FLOAT64;
      case "array" -> new ValueType.ListType(element());
      default -> new JsonSchemaObject(types, words, depth, assertions).type();
    };
  }

  private ValueType element() {
    if (words.containsKey(JsonSchemaKeyword.PREFIX_ITEMS)) {
      return ValueType.Scalar.ANY;
    }
    JsonPart items = words.remove(JsonSchemaKeyword.ITEMS);
    return items == null ? ValueType.Scalar.ANY : types.of(items, depth);
  }
}

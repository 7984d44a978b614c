package dev.taskcache.key;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The types of JSON values, by the names that JSON Schema gives them. */
final class JsonTypeNames {
  static final Set<String> ALL =
      Set.of("null", "boolean", "integer", "number", "string", "array", "object");

  private JsonTypeNames() {}

  /** The names in a {@code type}, without those that another one includes. */
  static Set<String> of(JsonPart type) {
    Set<String> names = new TreeSet<>();
    List<JsonPart> parts = type.isList() ? JsonSchemaNode.nonEmpty(type) : List.of(type);
    for (JsonPart part : parts) {
      if (!ALL.contains(part.text())) {
        throw part.refuse("not a type; write one of " + new TreeSet<>(ALL));
      }
      names.add(part.text());
    }
    if (names.contains("number")) {
      names.remove("integer");
    }
    return names;
  }

  static boolean matches(JsonPart value, Set<String> names) {
    return names.contains(nameOf(value))
        || (names.contains("number") && nameOf(value).equals("integer"));
  }

  private static String nameOf(JsonPart part) {
    InputValue value = part.value();
    if (value instanceof InputValue.Text) {
      return "string";
    } else if (value instanceof InputValue.Bool) {
      return "boolean";
    } else if (value instanceof InputValue.ListValue) {
      return "array";
    } else if (value instanceof InputValue.MapValue) {
      return "object";
    } else if (value == InputValue.Null.NULL) {
      return "null";
    }
    return CanonicalJson.number(part).scale() <= 0 ? "integer" : "number";
  }
}

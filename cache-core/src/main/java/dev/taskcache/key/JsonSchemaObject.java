package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The type of objects: a record, a map, or a record with an assertion about other fields. */
final class JsonSchemaObject {
  private final JsonSchemaTypes types;
  private final Map<JsonSchemaKeyword, JsonPart> words;
  private final int depth;
  private final Map<String, ValueType> assertions;

  JsonSchemaObject(
      JsonSchemaTypes types,
      Map<JsonSchemaKeyword, JsonPart> words,
      int depth,
      Map<String, ValueType> assertions) {
    this.types = types;
    this.words = words;
    this.depth = depth;
    this.assertions = assertions;
  }

  ValueType type() {
    JsonPart additional = words.remove(JsonSchemaKeyword.ADDITIONAL_PROPERTIES);
    ValueType others = additional == null ? ValueType.Scalar.ANY : types.of(additional, depth);
    boolean closed = others.equals(AssertedType.NOTHING);
    JsonPart patterns = words.get(JsonSchemaKeyword.PATTERN_PROPERTIES);
    boolean patterned = patterns != null && !patterns.members().isEmpty();
    JsonPart named = words.remove(JsonSchemaKeyword.PROPERTIES);
    Map<String, JsonPart> properties = named == null ? Map.of() : named.members();
    Set<String> required = required();

    Map<String, ValueType> fields = new LinkedHashMap<>();
    properties.forEach(
        (name, property) -> {
          if (name.isEmpty()) {
            throw property.refuse("a record's field must have a name; name the property");
          }
          ValueType type = types.of(property, depth);
          fields.put(
              name,
              required.remove(name) ? types.required(type) : new ValueType.OptionalType(type));
        });
    if (patterned || types.refs().evaluates()) {
      JsonSchemaAssertions.putNames(assertions, JsonSchemaKeyword.REQUIRED.word(), required);
    } else {
      required.forEach(name -> fields.put(name, types.required(others)));
      required.clear();
    }
    if (fields.isEmpty() && !patterned && !closed) {
      return new ValueType.MapType(others);
    } else if (!closed) {
      assertions.put(JsonSchemaKeyword.ADDITIONAL_PROPERTIES.word(), others);
    }
    return new ValueType.RecordType(fields);
  }

  private Set<String> required() {
    JsonPart required = words.remove(JsonSchemaKeyword.REQUIRED);
    Set<String> names = new LinkedHashSet<>();
    if (required != null) {
      required.elements().forEach(each -> names.add(each.text()));
    }
    return names;
  }
}

package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type with assertions that no type form can say, from a JSON Schema. It is written as a record
 * with a mark that no record of values has, the type as the field {@code value}, and a field for
 * each assertion ({@code docs/key-format.md}, section 6).
 *
 * @param value the type as far as it can be said
 * @param assertions the rest, by keyword
 */
record AssertedType(ValueType value, Map<String, ValueType> assertions) {
  private static final String MARK = "json-schema";
  private static final ValueType MARKED = new ValueType.ArtifactType("taskcache/json-schema");
  private static final String VALUE = "value";

  /** What no value is of. */
  static final ValueType NOTHING =
      new AssertedType(
              ValueType.Scalar.ANY,
              Map.of(JsonSchemaKeyword.NOT.word(), (ValueType) ValueType.Scalar.ANY))
          .written();

  ValueType written() {
    Map<String, ValueType> fields = new LinkedHashMap<>(assertions);
    fields.put(MARK, MARKED);
    fields.put(VALUE, value);
    return new ValueType.RecordType(fields);
  }

  /** The type that a record stands for; null if it is what it looks like. */
  static @Nullable AssertedType of(ValueType.RecordType written) {
    ValueType value = written.fields().get(VALUE);
    if (value == null || !MARKED.equals(written.fields().get(MARK))) {
      return null;
    }
    Map<String, ValueType> assertions = new LinkedHashMap<>(written.fields());
    assertions.keySet().removeAll(List.of(MARK, VALUE));
    return new AssertedType(value, assertions);
  }

  /** The type of the fields that a record may have besides its own; null if it may have none. */
  @Nullable ValueType otherFields() {
    if (assertions.containsKey(JsonSchemaKeyword.PATTERN_PROPERTIES.word())) {
      return ValueType.Scalar.ANY;
    }
    return assertions.get(JsonSchemaKeyword.ADDITIONAL_PROPERTIES.word());
  }
}

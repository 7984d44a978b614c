package dev.taskcache.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The type of a schema that is nothing but {@code anyOf} or {@code oneOf}. */
final class JsonSchemaUnion {
  private static final int MOST_REFS = 100;

  private final JsonSchemaTypes types;
  private final JsonSchemaKeyword keyword;
  private final List<JsonPart> members;
  private final int depth;

  JsonSchemaUnion(JsonSchemaTypes types, JsonSchemaKeyword keyword, JsonPart union, int depth) {
    this.types = types;
    this.keyword = keyword;
    this.members = JsonSchemaNode.nonEmpty(union);
    this.depth = depth;
  }

  ValueType type() {
    List<ValueType> read = new ArrayList<>();
    List<ValueType> others = new ArrayList<>();
    boolean nullable = canBeOptional();
    for (JsonPart member : members) {
      ValueType type = types.of(member, depth);
      read.add(type);
      if (!nullable || !isNull(member)) {
        others.add(type);
      }
    }
    ValueType one = asOne(others);
    if (one == null) {
      return union(read);
    }
    return nullable && !(one instanceof ValueType.OptionalType)
        ? new ValueType.OptionalType(one)
        : one;
  }

  /** The one of several types, or the enum of all their names; null if it is neither. */
  private @Nullable ValueType asOne(List<ValueType> several) {
    if (several.size() == 1) {
      return several.get(0);
    }
    List<String> names = new ArrayList<>();
    for (ValueType type : several) {
      if (!(type instanceof ValueType.EnumType each)) {
        return null;
      }
      names.addAll(each.names());
    }
    boolean disjoint = Set.copyOf(names).size() == names.size();
    return disjoint || keyword == JsonSchemaKeyword.ANY_OF ? new ValueType.EnumType(names) : null;
  }

  private ValueType union(List<ValueType> read) {
    Map<String, ValueType> all = new LinkedHashMap<>();
    read.forEach(type -> all.put(Integer.toString(all.size()), type));
    return new AssertedType(
            ValueType.Scalar.ANY, Map.of(keyword.word(), new ValueType.RecordType(all)))
        .written();
  }

  /** Whether it is null, or one of the members that are not. */
  private boolean canBeOptional() {
    List<JsonPart> others = members.stream().filter(each -> !isNull(each)).toList();
    int nulls = members.size() - others.size();
    return nulls > 0
        && !others.isEmpty()
        && (keyword == JsonSchemaKeyword.ANY_OF
            || (nulls == 1 && others.stream().allMatch(this::refusesNull)));
  }

  private boolean isNull(JsonPart schema) {
    if (!schema.isMap()) {
      return false;
    }
    Map<JsonSchemaKeyword, JsonPart> words = JsonSchemaWords.assertions(schema, types.draft());
    JsonPart type = words.get(JsonSchemaKeyword.TYPE);
    JsonPart values = words.get(JsonSchemaKeyword.ENUM);
    return words.size() == 1
        && ((type != null && JsonTypeNames.of(type).equals(Set.of("null")))
            || (values != null
                && values.elements().stream()
                    .allMatch(each -> each.value() == InputValue.Null.NULL)));
  }

  /** Whether null is surely not valid; of a schema where that is hard to say, false. */
  private boolean refusesNull(JsonPart schema) {
    JsonPart reached = schema;
    for (int i = 0; i < MOST_REFS && reached.isMap(); i++) {
      Map<JsonSchemaKeyword, JsonPart> words = JsonSchemaWords.assertions(reached, types.draft());
      JsonPart type = words.get(JsonSchemaKeyword.TYPE);
      JsonPart values = words.get(JsonSchemaKeyword.ENUM);
      if (type != null && !JsonTypeNames.of(type).contains("null")) {
        return true;
      } else if (values != null
          && values.elements().stream().noneMatch(each -> each.value() == InputValue.Null.NULL)) {
        return true;
      } else if (!words.containsKey(JsonSchemaKeyword.REF)) {
        return false;
      }
      reached = types.refs().target(reached);
    }
    return false;
  }
}

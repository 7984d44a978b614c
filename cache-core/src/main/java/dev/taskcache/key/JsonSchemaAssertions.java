package dev.taskcache.key;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of an {@link AssertedType}: what no type can say, keyword by keyword. */
final class JsonSchemaAssertions {
  /** Keywords that say something about null; the others are about values of one type. */
  private static final Set<JsonSchemaKeyword> LIMIT_NULL =
      Set.of(
          JsonSchemaKeyword.ENUM,
          JsonSchemaKeyword.CONST,
          JsonSchemaKeyword.ANY_OF,
          JsonSchemaKeyword.ONE_OF,
          JsonSchemaKeyword.NOT,
          JsonSchemaKeyword.IF);

  /** Keywords that assert nothing where their schema allows everything. */
  private static final Set<JsonSchemaKeyword> NOTHING_BY_ANY =
      Set.of(
          JsonSchemaKeyword.ITEMS,
          JsonSchemaKeyword.ADDITIONAL_PROPERTIES,
          JsonSchemaKeyword.PROPERTY_NAMES,
          JsonSchemaKeyword.THEN,
          JsonSchemaKeyword.ELSE);

  private static final Set<JsonSchemaKeyword> NOTHING_BY_ZERO =
      Set.of(
          JsonSchemaKeyword.MIN_LENGTH,
          JsonSchemaKeyword.MIN_ITEMS,
          JsonSchemaKeyword.MIN_PROPERTIES);

  /** Keywords that see elements and fields also where they allow everything. */
  private static final Set<JsonSchemaKeyword> SEE_ALL =
      Set.of(JsonSchemaKeyword.ITEMS, JsonSchemaKeyword.ADDITIONAL_PROPERTIES);

  private static final String WORDS = "keywords";

  private final JsonSchemaTypes types;
  private final Map<String, ValueType> fields;
  private final int depth;

  JsonSchemaAssertions(JsonSchemaTypes types, Map<String, ValueType> fields, int depth) {
    this.types = types;
    this.fields = fields;
    this.depth = depth;
  }

  static boolean limitsNull(JsonSchemaKeyword keyword) {
    return LIMIT_NULL.contains(keyword);
  }

  Map<String, ValueType> fields() {
    return fields;
  }

  void addAll(Map<JsonSchemaKeyword, JsonPart> words) {
    words.forEach((word, part) -> add(word, part));
  }

  private void add(JsonSchemaKeyword keyword, JsonPart part) {
    String word = keyword.word();
    switch (keyword.holds()) {
      case TYPES -> putNames(fields, word, JsonTypeNames.of(part));
      case VALUES ->
          putNames(fields, word, part.elements().stream().map(CanonicalJson::of).toList());
      case VALUE -> put(word, CanonicalJson.of(part));
      case NUMBER -> put(word, number(keyword, part));
      case COUNT -> count(keyword, part);
      case TEXT -> put(word, part.text());
      case FLAG -> {
        if (part.flag()) {
          put(word, "true");
        }
      }
      case NAMES -> putNames(fields, word, names(part));
      case NAMES_BY_NAME -> {
        Map<String, ValueType> all = new LinkedHashMap<>();
        named(part).forEach((name, names) -> putNames(all, name, names(names)));
        putRecord(word, all);
      }
      case SCHEMA, SCHEMA_OR_SCHEMAS -> {
        ValueType type = types.of(part, depth);
        if (type != ValueType.Scalar.ANY || !NOTHING_BY_ANY.contains(keyword)) {
          fields.put(word, type);
        }
      }
      case SCHEMAS -> {
        Map<String, ValueType> all = new LinkedHashMap<>();
        JsonSchemaNode.nonEmpty(part)
            .forEach(each -> all.put(Integer.toString(all.size()), types.of(each, depth)));
        putRecord(word, all);
      }
      case SCHEMAS_BY_NAME -> {
        Map<String, ValueType> all = new LinkedHashMap<>();
        named(part).forEach((name, schema) -> all.put(name, types.of(schema, depth)));
        putRecord(word, all);
      }
      default -> throw new AssertionError(keyword);
    }
  }

  /**
   * Which words a schema has, where that alone makes a difference to {@code unevaluatedProperties}
   * or {@code unevaluatedItems} around it.
   */
  void noteWords(Set<JsonSchemaKeyword> words) {
    putNames(
        fields,
        WORDS,
        words.stream().filter(SEE_ALL::contains).map(JsonSchemaKeyword::word).toList());
  }

  private static List<String> names(JsonPart part) {
    return part.elements().stream().map(JsonPart::text).toList();
  }

  private static Map<String, JsonPart> named(JsonPart part) {
    Map<String, JsonPart> members = part.members();
    if (members.containsKey("")) {
      throw part.refuse("has a member without a name; name it, or write .* for every name");
    }
    return members;
  }

  private static String number(JsonSchemaKeyword keyword, JsonPart part) {
    BigDecimal number = CanonicalJson.number(part);
    if (keyword == JsonSchemaKeyword.MULTIPLE_OF && number.signum() <= 0) {
      throw part.refuse("must be greater than 0");
    }
    return CanonicalJson.of(part);
  }

  private void count(JsonSchemaKeyword keyword, JsonPart part) {
    BigDecimal number = CanonicalJson.number(part);
    if (number.signum() < 0 || number.scale() > 0) {
      throw part.refuse("must be a whole number, 0 or more");
    } else if (number.signum() != 0 || !NOTHING_BY_ZERO.contains(keyword)) {
      put(keyword.word(), CanonicalJson.of(part));
    }
  }

  private void put(String word, String text) {
    putNames(fields, word, List.of(text));
  }

  static void putNames(Map<String, ValueType> fields, String word, Collection<String> names) {
    if (!names.isEmpty()) {
      fields.put(word, new ValueType.EnumType(new ArrayList<>(names)));
    }
  }

  private void putRecord(String word, Map<String, ValueType> record) {
    if (!record.isEmpty()) {
      fields.put(word, new ValueType.RecordType(record));
    }
  }
}

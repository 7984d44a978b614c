package dev.taskcache.key;

import static dev.taskcache.key.JsonSchemaDraft.DRAFT_07;
import static dev.taskcache.key.JsonSchemaDraft.DRAFT_2020_12;
import static dev.taskcache.key.JsonSchemaDraft.EITHER;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of JSON Schema that are known here. */
enum JsonSchemaKeyword {
  SCHEMA("$schema", Holds.NAME),
  ID("$id", Holds.NAME),
  ANCHOR("$anchor", Holds.NAME, DRAFT_2020_12),
  REF("$ref", Holds.NAME),
  DEFS("$defs", Holds.DEFINITIONS),
  DEFINITIONS("definitions", Holds.DEFINITIONS),

  COMMENT("$comment", Holds.ANNOTATION),
  TITLE("title", Holds.ANNOTATION),
  DESCRIPTION("description", Holds.ANNOTATION),
  DEFAULT("default", Holds.ANNOTATION),
  EXAMPLES("examples", Holds.ANNOTATION),
  DEPRECATED("deprecated", Holds.ANNOTATION),
  READ_ONLY("readOnly", Holds.ANNOTATION),
  WRITE_ONLY("writeOnly", Holds.ANNOTATION),
  FORMAT("format", Holds.ANNOTATION),
  CONTENT_ENCODING("contentEncoding", Holds.ANNOTATION),
  CONTENT_MEDIA_TYPE("contentMediaType", Holds.ANNOTATION),
  CONTENT_SCHEMA("contentSchema", Holds.ANNOTATION),

  TYPE("type", Holds.TYPES),
  ENUM("enum", Holds.VALUES),
  CONST("const", Holds.VALUE),

  MULTIPLE_OF("multipleOf", Holds.NUMBER),
  MAXIMUM("maximum", Holds.NUMBER),
  EXCLUSIVE_MAXIMUM("exclusiveMaximum", Holds.NUMBER),
  MINIMUM("minimum", Holds.NUMBER),
  EXCLUSIVE_MINIMUM("exclusiveMinimum", Holds.NUMBER),

  MAX_LENGTH("maxLength", Holds.COUNT),
  MIN_LENGTH("minLength", Holds.COUNT),
  PATTERN("pattern", Holds.TEXT),

  ITEMS("items", Holds.SCHEMA_OR_SCHEMAS),
  PREFIX_ITEMS("prefixItems", Holds.SCHEMAS, DRAFT_2020_12),
  ADDITIONAL_ITEMS("additionalItems", Holds.SCHEMA, DRAFT_07),
  CONTAINS("contains", Holds.SCHEMA),
  MAX_CONTAINS("maxContains", Holds.COUNT, DRAFT_2020_12),
  MIN_CONTAINS("minContains", Holds.COUNT, DRAFT_2020_12),
  MAX_ITEMS("maxItems", Holds.COUNT),
  MIN_ITEMS("minItems", Holds.COUNT),
  UNIQUE_ITEMS("uniqueItems", Holds.FLAG),
  UNEVALUATED_ITEMS("unevaluatedItems", Holds.SCHEMA, DRAFT_2020_12),

  PROPERTIES("properties", Holds.SCHEMAS_BY_NAME),
  PATTERN_PROPERTIES("patternProperties", Holds.SCHEMAS_BY_NAME),
  ADDITIONAL_PROPERTIES("additionalProperties", Holds.SCHEMA),
  PROPERTY_NAMES("propertyNames", Holds.SCHEMA),
  REQUIRED("required", Holds.NAMES),
  MAX_PROPERTIES("maxProperties", Holds.COUNT),
  MIN_PROPERTIES("minProperties", Holds.COUNT),
  DEPENDENT_REQUIRED("dependentRequired", Holds.NAMES_BY_NAME, DRAFT_2020_12),
  DEPENDENT_SCHEMAS("dependentSchemas", Holds.SCHEMAS_BY_NAME, DRAFT_2020_12),
  DEPENDENCIES("dependencies", Holds.NAMES_OR_SCHEMA_BY_NAME, DRAFT_07),
  UNEVALUATED_PROPERTIES("unevaluatedProperties", Holds.SCHEMA, DRAFT_2020_12),

  ALL_OF("allOf", Holds.SCHEMAS),
  ANY_OF("anyOf", Holds.SCHEMAS),
  ONE_OF("oneOf", Holds.SCHEMAS),
  NOT("not", Holds.SCHEMA),
  IF("if", Holds.SCHEMA),
  THEN("then", Holds.SCHEMA),
  ELSE("else", Holds.SCHEMA);

  private static final Map<String, JsonSchemaKeyword> WORDS =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(JsonSchemaKeyword::word, Function.identity()));

  private final String word;
  private final Holds holds;
  private final JsonSchemaDraft draft;

  JsonSchemaKeyword(String word, Holds holds) {
    this(word, holds, EITHER);
  }

  JsonSchemaKeyword(String word, Holds holds, JsonSchemaDraft draft) {
    this.word = word;
    this.holds = holds;
    this.draft = draft;
  }

  static @Nullable JsonSchemaKeyword of(String word) {
    return WORDS.get(word);
  }

  String word() {
    return word;
  }

  Holds holds() {
    return holds;
  }

  JsonSchemaDraft draft() {
    return draft;
  }

  /** Whether it limits which values are valid. */
  boolean asserts() {
    return switch (holds) {
      case NAME -> this == REF;
      case DEFINITIONS, ANNOTATION -> false;
      default -> true;
    };
  }

  /** What a keyword's value is. */
  enum Holds {
    ANNOTATION,
    NAME,
    DEFINITIONS,
    TYPES,
    VALUES,
    VALUE,
    NUMBER,
    COUNT,
    TEXT,
    FLAG,
    NAMES,
    NAMES_BY_NAME,
    SCHEMA,
    SCHEMAS,
    SCHEMA_OR_SCHEMAS,
    SCHEMAS_BY_NAME,
    NAMES_OR_SCHEMA_BY_NAME;

    /** The schemas in a keyword's value, as far as it has the right form. */
    List<JsonPart> schemas(JsonPart part) {
      return switch (this) {
        case SCHEMA -> List.of(part);
        case SCHEMAS -> part.isList() ? part.elements() : List.of();
        case SCHEMA_OR_SCHEMAS -> part.isList() ? part.elements() : List.of(part);
        case DEFINITIONS, SCHEMAS_BY_NAME, NAMES_OR_SCHEMA_BY_NAME ->
            part.isMap() ? List.copyOf(part.members().values()) : List.of();
        default -> List.of();
      };
    }
  }
}

package dev.taskcache.key;

/** The drafts of JSON Schema that are read; a schema that names none may use the words of both. */
enum JsonSchemaDraft {
  DRAFT_07,
  DRAFT_2020_12,
  EITHER;

  static JsonSchemaDraft of(JsonPart root) {
    if (root.value() instanceof InputValue.MapValue map
        && map.entries().containsKey(JsonSchemaKeyword.SCHEMA.word())) {
      return named(root.child(JsonSchemaKeyword.SCHEMA.word()));
    }
    return EITHER;
  }

  static JsonSchemaDraft named(JsonPart name) {
    return switch (name.text().replaceFirst("#$", "").replaceFirst("^http:", "https:")) {
      case "https://json-schema.org/draft-07/schema" -> DRAFT_07;
      case "https://json-schema.org/draft/2020-12/schema" -> DRAFT_2020_12;
      default ->
          throw name.refuse(
              "this draft is not known here; write the schema in draft-07 or 2020-12, and name"
                  + " http://json-schema.org/draft-07/schema# or"
                  + " https://json-schema.org/draft/2020-12/schema");
    };
  }

  /** Whether a word of one draft may stand in a schema of this one. */
  boolean allows(JsonSchemaDraft word) {
    return this == EITHER || word == EITHER || this == word;
  }
}

package dev.taskcache.key;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The keywords of one schema object, checked to be known, in the spelling of 2020-12. */
final class JsonSchemaWords {
  private static final String EXTENSION = "x-";

  private JsonSchemaWords() {}

  /** The schemas directly in a schema, its definitions among them; also of a malformed one. */
  static List<JsonPart> subschemas(JsonPart schema) {
    List<JsonPart> found = new ArrayList<>();
    schema
        .members()
        .forEach(
            (word, part) -> {
              JsonSchemaKeyword keyword = JsonSchemaKeyword.of(word);
              if (keyword != null) {
                found.addAll(keyword.holds().schemas(part));
              }
            });
    return found;
  }

  /** The assertions of a schema object; annotations and definitions are left out. */
  static Map<JsonSchemaKeyword, JsonPart> assertions(JsonPart schema, JsonSchemaDraft draft) {
    Map<JsonSchemaKeyword, JsonPart> words = new EnumMap<>(JsonSchemaKeyword.class);
    schema
        .members()
        .forEach(
            (word, part) -> {
              JsonSchemaKeyword keyword = JsonSchemaKeyword.of(word);
              if (keyword == null && !word.startsWith(EXTENSION)) {
                throw part.refuse(
                    "not a keyword that is known here, and what it asserts must not be ignored;"
                        + " remove it, or begin its name with x- if it is for people only");
              } else if (keyword != null && keyword.asserts()) {
                if (!draft.allows(keyword.draft())) {
                  throw part.refuse(
                      "the draft that $schema names has no such keyword; use its own");
                }
                words.put(keyword, part);
              }
            });
    boolean ref = words.containsKey(JsonSchemaKeyword.REF);
    if (ref && draft == JsonSchemaDraft.DRAFT_07 && words.size() > 1) {
      throw schema.refuse(
          "draft-07 ignores what stands beside $ref; put both into allOf, or remove the rest");
    }
    JsonSchemaSpelling.modernise(words, draft);
    return words;
  }
}

package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings what has several spellings to one, that of 2020-12, and drops what asserts nothing. */
final class JsonSchemaSpelling {
  private JsonSchemaSpelling() {}

  static void modernise(Map<JsonSchemaKeyword, JsonPart> words, JsonSchemaDraft draft) {
    items(words, draft);
    JsonPart prefix = words.get(JsonSchemaKeyword.PREFIX_ITEMS);
    if (prefix != null && prefix.elements().isEmpty()) {
      words.remove(JsonSchemaKeyword.PREFIX_ITEMS);
    }
    dependencies(words);
    JsonPart constant = words.get(JsonSchemaKeyword.CONST);
    if (constant != null && !words.containsKey(JsonSchemaKeyword.ENUM)) {
      words.remove(JsonSchemaKeyword.CONST);
      words.put(
          JsonSchemaKeyword.ENUM,
          new JsonPart(new InputValue.ListValue(List.of(constant.value())), constant.place()));
    }
    if (!words.containsKey(JsonSchemaKeyword.CONTAINS)) {
      words.remove(JsonSchemaKeyword.MIN_CONTAINS);
      words.remove(JsonSchemaKeyword.MAX_CONTAINS);
    }
    if (!words.containsKey(JsonSchemaKeyword.IF)) {
      words.remove(JsonSchemaKeyword.THEN);
      words.remove(JsonSchemaKeyword.ELSE);
    }
  }

  private static void items(Map<JsonSchemaKeyword, JsonPart> words, JsonSchemaDraft draft) {
    JsonPart items = words.get(JsonSchemaKeyword.ITEMS);
    JsonPart additional = words.remove(JsonSchemaKeyword.ADDITIONAL_ITEMS);
    if (items == null || !items.isList()) {
      return;
    } else if (draft == JsonSchemaDraft.DRAFT_2020_12) {
      throw items.refuse("2020-12 has a list of schemas in prefixItems; rename it");
    } else if (words.containsKey(JsonSchemaKeyword.PREFIX_ITEMS)) {
      throw items.refuse("a list of schemas here is prefixItems, which is there too; keep one");
    }
    words.remove(JsonSchemaKeyword.ITEMS);
    words.put(JsonSchemaKeyword.PREFIX_ITEMS, items);
    if (additional != null) {
      words.put(JsonSchemaKeyword.ITEMS, additional);
    }
  }

  private static void dependencies(Map<JsonSchemaKeyword, JsonPart> words) {
    JsonPart both = words.remove(JsonSchemaKeyword.DEPENDENCIES);
    if (both == null) {
      return;
    }
    Map<String, InputValue> names = new LinkedHashMap<>();
    Map<String, InputValue> schemas = new LinkedHashMap<>();
    both.members()
        .forEach((name, part) -> (part.isList() ? names : schemas).put(name, part.value()));
    put(words, JsonSchemaKeyword.DEPENDENT_REQUIRED, names, both);
    put(words, JsonSchemaKeyword.DEPENDENT_SCHEMAS, schemas, both);
  }

  private static void put(
      Map<JsonSchemaKeyword, JsonPart> words,
      JsonSchemaKeyword keyword,
      Map<String, InputValue> members,
      JsonPart from) {
    if (members.isEmpty()) {
      return;
    }
    JsonPart part = new JsonPart(new InputValue.MapValue(members), from.place());
    if (words.put(keyword, part) != null) {
      throw from.refuse(keyword.word() + " is there too; keep one of them");
    }
  }
}

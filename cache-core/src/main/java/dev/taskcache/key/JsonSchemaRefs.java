package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The refs of a schema that can be reached from its root, each with what it refers to. What is
 * referred to is a definition, wherever it stands.
 */
final class JsonSchemaRefs {
  private static final Set<JsonSchemaKeyword> UNEVALUATED =
      Set.of(JsonSchemaKeyword.UNEVALUATED_ITEMS, JsonSchemaKeyword.UNEVALUATED_PROPERTIES);

  private final Map<InputValue, JsonPart> targets = new IdentityHashMap<>();
  private final Map<InputValue, String> definitions = new IdentityHashMap<>();
  private final Map<String, JsonPart> named = new LinkedHashMap<>();
  private boolean evaluates;

  JsonSchemaRefs(JsonPart root, JsonSchemaDraft draft) {
    JsonSchemaAddresses addresses = new JsonSchemaAddresses(root, draft);
    Set<InputValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<JsonPart> todo = new ArrayDeque<>();
    todo.add(root);
    while (!todo.isEmpty()) {
      JsonPart schema = todo.removeLast();
      if (!schema.isMap() || !seen.add(schema.value())) {
        continue;
      }
      schema
          .members()
          .forEach(
              (word, part) -> {
                JsonSchemaKeyword keyword = JsonSchemaKeyword.of(word);
                if (keyword == JsonSchemaKeyword.REF) {
                  todo.add(refer(schema, addresses.target(schema, part)));
                } else if (keyword != null && keyword.asserts()) {
                  todo.addAll(keyword.holds().schemas(part));
                  evaluates |= UNEVALUATED.contains(keyword);
                }
              });
    }
  }

  private JsonPart refer(JsonPart schema, JsonPart target) {
    targets.put(schema.value(), target);
    if (!definitions.containsKey(target.value())) {
      String name = target.place() + "#" + definitions.size();
      definitions.put(target.value(), name);
      named.put(name, target);
    }
    return target;
  }

  /** What the {@code $ref} in a schema refers to. */
  JsonPart target(JsonPart schema) {
    return Objects.requireNonNull(targets.get(schema.value()));
  }

  /** The name of a schema that something refers to; null for another. */
  @Nullable String definition(JsonPart schema) {
    return definitions.get(schema.value());
  }

  /** The name of a schema that something refers to. */
  String name(JsonPart target) {
    return Objects.requireNonNull(definition(target));
  }

  /** All that something refers to, by name. */
  Map<String, JsonPart> definitions() {
    return named;
  }

  /** Whether a keyword of the schema depends on which others have seen a part of the value. */
  boolean evaluates() {
    return evaluates;
  }
}

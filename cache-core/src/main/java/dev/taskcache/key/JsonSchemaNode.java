package dev.taskcache.key;

import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one schema asserts: keywords, and other schemas that hold as well, from {@code $ref} and
 * {@code allOf}; those of the latter whose keywords can stand beside its own have become its own.
 */
final class JsonSchemaNode {
  private static final List<Set<JsonSchemaKeyword>> TOGETHER =
      List.of(
          EnumSet.of(JsonSchemaKeyword.PREFIX_ITEMS, JsonSchemaKeyword.ITEMS),
          EnumSet.of(
              JsonSchemaKeyword.CONTAINS,
              JsonSchemaKeyword.MIN_CONTAINS,
              JsonSchemaKeyword.MAX_CONTAINS),
          EnumSet.of(
              JsonSchemaKeyword.PROPERTIES,
              JsonSchemaKeyword.PATTERN_PROPERTIES,
              JsonSchemaKeyword.ADDITIONAL_PROPERTIES),
          EnumSet.of(JsonSchemaKeyword.IF, JsonSchemaKeyword.THEN, JsonSchemaKeyword.ELSE));

  private final int depth;
  private final Map<JsonSchemaKeyword, JsonPart> words = new EnumMap<>(JsonSchemaKeyword.class);
  private final Set<String> refs = new LinkedHashSet<>();
  private final List<JsonSchemaNode> others = new ArrayList<>();

  private JsonSchemaNode(int depth) {
    this.depth = depth;
  }

  static JsonSchemaNode of(JsonPart schema, JsonSchemaDraft draft, JsonSchemaRefs refs, int depth) {
    JsonSchemaNode node = new JsonSchemaNode(depth);
    if (schema.value() instanceof InputValue.Bool bool) {
      if (!bool.value()) {
        JsonPart everything = new JsonPart(new InputValue.Bool(true), schema.place());
        node.words.put(JsonSchemaKeyword.NOT, everything);
      }
      return node;
    } else if (!schema.isMap()) {
      throw schema.refuse("a schema is an object, true or false; write {} to allow everything");
    }
    node.words.putAll(JsonSchemaWords.assertions(schema, draft));
    if (node.words.remove(JsonSchemaKeyword.REF) != null) {
      node.refs.add(refs.name(refs.target(schema)));
    }
    JsonPart all = node.words.remove(JsonSchemaKeyword.ALL_OF);
    if (all != null) {
      for (JsonPart each : nonEmpty(all)) {
        JsonSchemaNode other = of(each, draft, refs, JsonSchemaReader.below(depth, each));
        // With an id of its own, equal refs in it may mean others.
        boolean apart = each.isMap() && each.members().containsKey(JsonSchemaKeyword.ID.word());
        if (apart || !node.fits(other)) {
          node.others.add(other);
        } else {
          node.add(other);
        }
      }
    }
    return node;
  }

  static List<JsonPart> nonEmpty(JsonPart list) {
    List<JsonPart> elements = list.elements();
    if (elements.isEmpty()) {
      throw list.refuse("must have at least one element; add it, or remove the keyword");
    }
    return elements;
  }

  private void add(JsonSchemaNode other) {
    other.words.forEach(
        (word, part) ->
            words.merge(
                word, part, (a, b) -> word == JsonSchemaKeyword.REQUIRED ? union(a, b) : a));
    refs.addAll(other.refs);
    others.addAll(other.others);
  }

  /** Whether another's keywords mean the same beside these. */
  private boolean fits(JsonSchemaNode other) {
    for (Map.Entry<JsonSchemaKeyword, JsonPart> word : other.words.entrySet()) {
      JsonPart mine = words.get(word.getKey());
      if (word.getKey() == JsonSchemaKeyword.UNEVALUATED_ITEMS
          || word.getKey() == JsonSchemaKeyword.UNEVALUATED_PROPERTIES
          || (mine != null
              && word.getKey() != JsonSchemaKeyword.REQUIRED
              && !CanonicalJson.of(mine).equals(CanonicalJson.of(word.getValue())))) {
        return false;
      }
    }
    return TOGETHER.stream()
        .allMatch(
            group -> {
              // Those in both are equal, as was seen above.
              Set<JsonSchemaKeyword> theirs = Sets.intersection(other.words.keySet(), group);
              Set<JsonSchemaKeyword> mine = Sets.intersection(words.keySet(), group);
              return theirs.isEmpty() || mine.isEmpty() || theirs.equals(mine);
            });
  }

  private static JsonPart union(JsonPart a, JsonPart b) {
    List<InputValue> both = new ArrayList<>(Forms.list(a.value(), a.place()));
    both.addAll(Forms.list(b.value(), b.place()));
    return new JsonPart(new InputValue.ListValue(both), a.place());
  }

  int depth() {
    return depth;
  }

  /** A copy of the keywords, to take out what has been understood. */
  Map<JsonSchemaKeyword, JsonPart> words() {
    return new EnumMap<>(words);
  }

  /** The definitions that its refs refer to. */
  Set<String> refs() {
    return refs;
  }

  List<JsonSchemaNode> others() {
    return others;
  }
}

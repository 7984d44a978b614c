package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a JSON Schema as an output schema ({@code docs/key-format.md}, section 6). What no type can
 * say becomes an {@link AssertedType}; nothing that the schema asserts is dropped.
 */
final class JsonSchemaReader {
  /** How deeply schemas may nest; refs do not count. */
  private static final int MOST_DEPTH = 200;

  private final JsonSchemaRefs refs;
  private final JsonSchemaTypes types;
  private final Map<String, ValueType> definitions = new LinkedHashMap<>();
  private int size;

  private JsonSchemaReader(JsonPart root) {
    JsonSchemaDraft draft = JsonSchemaDraft.of(root);
    this.refs = new JsonSchemaRefs(root, draft);
    this.types = new JsonSchemaTypes(refs, draft);
  }

  static OutputSchema read(String outputName, String json) {
    Place place = Place.of("outputs").field(outputName);
    JsonPart root = new JsonPart(place.locate(() -> JsonForm.parseExact(json)), place);
    return new JsonSchemaReader(root).read(outputName, root);
  }

  static int below(int depth, JsonPart schema) {
    if (depth >= MOST_DEPTH) {
      throw schema.refuse(
          "the schemas nest deeper than "
              + MOST_DEPTH
              + "; put some under $defs and refer to them");
    }
    return depth + 1;
  }

  private OutputSchema read(String outputName, JsonPart root) {
    ValueType type = types.of(root, 0);
    count(type, root);
    // The definitions' own types were not read on the way: chains of refs may be long.
    refs.definitions()
        .forEach(
            (name, schema) -> {
              ValueType definition = types.ofDefinition(schema);
              count(definition, schema);
              definitions.put(name, definition);
            });
    refuseCircles();
    types
        .required()
        .forEach((name, ref) -> definitions.put(name, JsonSchemaTypes.required(ref, resolve(ref))));
    if (resolve(type).equals(AssertedType.NOTHING)) {
      throw root.refuse("the schema allows no output at all; write {} to allow every one");
    }
    return OutputSchema.of(Map.of(outputName, type), definitions);
  }

  private void count(ValueType whole, JsonPart schema) {
    Deque<ValueType> todo = new ArrayDeque<>();
    todo.add(whole);
    while (!todo.isEmpty()) {
      ValueType type = todo.removeLast();
      todo.addAll(type.parts());
      size += type instanceof ValueType.RefType ? 0 : 1;
      if (size > CanonicalSchema.MOST_TYPES) {
        throw schema.refuse(
            "with this the schema has more than "
                + CanonicalSchema.MOST_TYPES
                + " types; write {} for a part of it");
      }
    }
  }

  private void refuseCircles() {
    Set<String> good = new HashSet<>();
    for (String start : definitions.keySet()) {
      Set<String> passed = new HashSet<>();
      String name = start;
      while (!good.contains(name) && definitions.get(name) instanceof ValueType.RefType next) {
        if (!passed.add(name)) {
          throw Objects.requireNonNull(refs.definitions().get(name))
              .refuse("the schema is, through $ref alone, only itself; say what it is");
        }
        name = next.name();
      }
      good.addAll(passed);
    }
  }

  /** What a type is behind refs. */
  private ValueType resolve(ValueType first) {
    ValueType type = first;
    while (type instanceof ValueType.RefType ref) {
      type = Objects.requireNonNull(definitions.get(ref.name()));
    }
    return type;
  }
}

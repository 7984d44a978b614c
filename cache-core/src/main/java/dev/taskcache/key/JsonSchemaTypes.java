package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The types of schemas, and of the schemas in them. Not thread-safe. */
final class JsonSchemaTypes {
  private static final Set<JsonSchemaKeyword> WHOLE_UNIONS =
      Set.of(JsonSchemaKeyword.ANY_OF, JsonSchemaKeyword.ONE_OF);

  private final JsonSchemaRefs refs;
  private final JsonSchemaDraft draft;
  private final Map<String, ValueType.RefType> required = new LinkedHashMap<>();

  JsonSchemaTypes(JsonSchemaRefs refs, JsonSchemaDraft draft) {
    this.refs = refs;
    this.draft = draft;
  }

  JsonSchemaRefs refs() {
    return refs;
  }

  JsonSchemaDraft draft() {
    return draft;
  }

  /** The type of a schema where it stands; of one that something refers to, a ref. */
  ValueType of(JsonPart schema, int depth) {
    String name = refs.definition(schema);
    return name == null ? read(schema, depth) : new ValueType.RefType(name);
  }

  ValueType ofDefinition(JsonPart schema) {
    return read(schema, 0);
  }

  private ValueType read(JsonPart schema, int depth) {
    int inside = schema.isMap() ? JsonSchemaReader.below(depth, schema) : depth;
    return of(JsonSchemaNode.of(schema, draft, refs, inside));
  }

  private ValueType of(JsonSchemaNode node) {
    int depth = node.depth();
    Map<JsonSchemaKeyword, JsonPart> words = node.words();
    int conditions = node.refs().size() + node.others().size();
    if (words.isEmpty() && conditions == 0) {
      return ValueType.Scalar.ANY;
    } else if (words.isEmpty() && conditions == 1) {
      return node.refs().isEmpty()
          ? of(node.others().get(0))
          : new ValueType.RefType(node.refs().iterator().next());
    } else if (conditions == 0 && words.size() == 1 && WHOLE_UNIONS.containsAll(words.keySet())) {
      Map.Entry<JsonSchemaKeyword, JsonPart> union = words.entrySet().iterator().next();
      return new JsonSchemaUnion(this, union.getKey(), union.getValue(), depth).type();
    }
    JsonSchemaShape shape = new JsonSchemaShape(this, words, depth);
    ValueType value = shape.value();
    JsonSchemaAssertions rest = new JsonSchemaAssertions(this, shape.assertions(), depth);
    rest.addAll(words);
    Map<String, ValueType> conjuncts = new LinkedHashMap<>();
    node.refs()
        .forEach(
            name -> conjuncts.put(Integer.toString(conjuncts.size()), new ValueType.RefType(name)));
    node.others().forEach(other -> conjuncts.put(Integer.toString(conjuncts.size()), of(other)));
    if (!conjuncts.isEmpty()) {
      rest.fields().put(JsonSchemaKeyword.ALL_OF.word(), new ValueType.RecordType(conjuncts));
    }
    if (refs.evaluates()) {
      rest.noteWords(node.words().keySet());
    }
    return asserted(value, rest.fields(), shape.nullable(), words.keySet(), conjuncts.isEmpty());
  }

  /** Null stays outside of assertions that say nothing about it. */
  private static ValueType asserted(
      ValueType value,
      Map<String, ValueType> assertions,
      boolean nullable,
      Set<JsonSchemaKeyword> words,
      boolean alone) {
    if (!nullable) {
      return guarded(value, assertions);
    } else if (alone && words.stream().noneMatch(JsonSchemaAssertions::limitsNull)) {
      return new ValueType.OptionalType(guarded(value, assertions));
    }
    return guarded(new ValueType.OptionalType(value), assertions);
  }

  private static ValueType guarded(ValueType value, Map<String, ValueType> assertions) {
    return assertions.isEmpty() ? value : new AssertedType(value, assertions).written();
  }

  /**
   * A type as that of a field that must be there; an optional one may be left out, but for this.
   */
  ValueType required(ValueType type) {
    if (type instanceof ValueType.RefType ref) {
      // Whether that is optional is known when all definitions are.
      String name = ref.name() + "!";
      required.put(name, ref);
      return new ValueType.RefType(name);
    }
    return required(type, type);
  }

  static ValueType required(ValueType type, ValueType resolved) {
    return resolved instanceof ValueType.OptionalType
        ? new AssertedType(type, Map.of()).written()
        : type;
  }

  /** The definitions to be made by {@link #required(ValueType, ValueType)}, with their refs. */
  Map<String, ValueType.RefType> required() {
    return required;
  }
}

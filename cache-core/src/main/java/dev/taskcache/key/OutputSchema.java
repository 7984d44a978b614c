package dev.taskcache.key;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names and types of a task's outputs, in canonical form: two schemas that say the same are
 * equal, however their definitions are named or factored.
 *
 * <p>Its document and digest are computed once, when it is built; keep one per component. Immutable
 * and thread-safe.
 */
public final class OutputSchema {
  /** The schema of a task without outputs. */
  public static final OutputSchema NONE = of(Map.of());

  private final Map<String, ValueType> outputs;
  private final Map<String, ValueType> definitions;
  private final Map<String, String> labels;
  private final byte[] document;
  private final byte[] digest;

  private OutputSchema(CanonicalSchema schema, Map<String, String> labels) {
    this.outputs = schema.outputs();
    this.definitions = schema.definitions();
    this.labels = Map.copyOf(labels);
    this.document = CanonicalWriter.encodeTypes(form(outputs, definitions));
    this.digest = Sha256.of(document);
  }

  /**
   * A schema without definitions.
   *
   * @param outputs output names, not empty, and their types; may be empty
   * @return the schema
   * @throws InvalidRequestException if a name is empty or a type refers to a definition
   */
  public static OutputSchema of(Map<String, ValueType> outputs) {
    return of(outputs, Map.of());
  }

  /**
   * A schema with definitions, for recursive types.
   *
   * @param outputs output names, not empty, and their types; may be empty
   * @param definitions the types that {@link ValueType.RefType} refers to, by name
   * @return the schema; its definitions are numbered, and inlined where they are not recursive
   * @throws InvalidRequestException if a name is empty, a definition is missing or is only itself,
   *     or the schema has more than 10,000 types
   */
  public static OutputSchema of(
      Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
    return Depth.guarded(
        Place.of("outputs"),
        () -> new OutputSchema(CanonicalSchema.of(outputs, definitions), Map.of()));
  }

  /**
   * A schema of one output, from JSON Schema, draft-07 or 2020-12 as its {@code $schema} says or,
   * without one, in the words of both. A schema that says the same as types do is the same as one
   * made of them; anything else that it asserts is in the schema too, so that it changes the key.
   * Annotations, {@code format} among them, do not count. {@code docs/key-format.md}, section 6,
   * has the mapping.
   *
   * @param outputName the output's name, not empty, not null
   * @param jsonSchema the JSON Schema, as text, not null; refs stay inside it, and nothing is
   *     fetched
   * @return the schema
   * @throws InvalidRequestException if the text is not JSON, has a keyword that is not known, a ref
   *     to something else than a part of it, a malformed keyword, schemas that nest deeper than
   *     200, or more than 10,000 types, or allows nothing; it names the place, for instance {@code
   *     outputs.result.properties.rows.items}
   */
  public static OutputSchema ofJsonSchema(String outputName, String jsonSchema) {
    return JsonSchemaReader.read(outputName, jsonSchema);
  }

  private static InputValue form(
      Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
    InputValue types = ValueTypeForm.writeAll(outputs);
    return definitions.isEmpty()
        ? types
        : new InputValue.ListValue(List.of(types, ValueTypeForm.writeAll(definitions)));
  }

  /**
   * The outputs.
   *
   * @return types by output name, in the order of the format
   */
  public Map<String, ValueType> outputs() {
    return outputs;
  }

  /**
   * The definitions of recursive types.
   *
   * @return types by number; empty unless a type is recursive
   */
  public Map<String, ValueType> definitions() {
    return definitions;
  }

  /**
   * Brings outputs to their types, exactly or not at all, by the rules of declared inputs.
   *
   * @param values value by output name
   * @return the outputs as they are stored
   * @throws InvalidRequestException if an output is missing, not declared, or not of its type
   */
  public InputValue.MapValue conform(InputValue.MapValue values) {
    Place place = Place.of("outputs");
    for (String name : values.entries().keySet()) {
      if (!outputs.containsKey(name)) {
        throw new InvalidRequestException(
            place.field(name),
            "the request declares no such output; declare it, or do not return it");
      }
    }
    Map<String, InputValue> conforming = new LinkedHashMap<>();
    outputs.forEach(
        (name, type) -> {
          InputValue value = values.entries().get(name);
          if (value != null) {
            conforming.put(name, Coercion.coerce(value, type, definitions, place.field(name)));
          } else if (!(type instanceof ValueType.OptionalType)) {
            throw new InvalidRequestException(
                place.field(name), "the output is missing; return it, or declare it optional");
          }
        });
    return new InputValue.MapValue(conforming);
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @param text the form
   * @return an equal schema
   * @throws InvalidRequestException if the text is no such form
   */
  public static OutputSchema parse(String text) {
    InputValue form = JsonForm.parse(text);
    return form instanceof InputValue.ListValue list && list.elements().size() == 2
        ? of(types(list.elements().get(0)), types(list.elements().get(1)))
        : of(types(form));
  }

  private static Map<String, ValueType> types(InputValue form) {
    Map<String, ValueType> types = new LinkedHashMap<>();
    Forms.map(form, Place.root())
        .forEach((name, type) -> types.put(name, ValueType.read(type, Place.of(name))));
    return types;
  }

  /**
   * The same schema, whose outputs people call by other names, for explanations only.
   *
   * @param names label by output name
   * @return an equal schema
   */
  public OutputSchema labelled(Map<String, String> names) {
    return new OutputSchema(new CanonicalSchema(outputs, definitions), names);
  }

  KeyParts.Part part() {
    return Places.ofTypes(TaskKey.hex(digest), outputs, definitions, labels);
  }

  byte[] document() {
    return document;
  }

  byte[] digest() {
    return digest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutputSchema schema && Arrays.equals(document, schema.document);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /**
   * The schema in the form of requests.
   *
   * @return for instance {@code {"model":{"artifact":"Model"}}}
   */
  @Override
  public String toString() {
    return JsonForm.writeParsed(form(outputs, definitions));
  }
}

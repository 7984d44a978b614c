package dev.taskcache.key;

import static dev.taskcache.key.JsonSchemaKeywordsTest.read;
import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs against schemas that no type can say in full: what types can say is checked. */
class JsonSchemaConformTest {
  private static InputValue conform(String schema, String value) {
    return read(schema)
        .conform(new InputValue.MapValue(Map.of("o", JsonForm.read(value))))
        .entries()
        .get("o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "string", "minLength": 3}                 | "abc"
          {"type": "integer", "minimum": 3}                  | 3
          {"type": ["integer", "null"], "minimum": 3}        | null
          {"type": ["integer", "null"], "enum": [3, null]}   | null
          {"type": "array", "items": {"type": "string"}, "maxItems": 3} | ["a"]
          {"type": "array", "prefixItems": [{"type": "string"}]} | ["a", 1]
          {"type": "object", "properties": {"a": {"type": "string"}}} | {"a": "x", "b": 1}
          {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}} | {"b": 1}
          {"type": "object", "properties": {"a": {"type": "string"}}, "patternProperties": {"^x": {}}} | {"xb": 1}
          {"type": "object", "required": ["a"], "properties": {"a": {"type": ["string", "null"]}}} | {"a": null}
          {"type": ["object", "null"], "properties": {"a": {"type": "string"}}, "not": {"required": ["b"]}} | {"c": 1}
          {"type": ["object", "null"], "properties": {"a": {"type": "string"}}, "not": {"required": ["b"]}} | null
          {"anyOf": [{"type": "string"}, {"type": "integer"}]} | true
          {"properties": {"a": {"type": "string"}}}          | 3
          {"$ref": "#/$defs/a", "minProperties": 1, "$defs": {"a": {"type": "object"}}} | {"b": 1}
          """)
  void whatFitsIsKept(String schema, String value) {
    assertThat(conform(schema, value)).isEqualTo(JsonForm.read(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "string", "minLength": 3}            | 3                | outputs.o
          {"type": "integer", "minimum": 3}             | null             | outputs.o
          {"type": "array", "items": {"type": "string", "pattern": "a"}} | ["a", 1] | outputs.o[1]
          {"type": "array", "prefixItems": [{}]}        | {}               | outputs.o
          {"type": "object", "properties": {"a": {"type": "string"}}} | {"a": 1} | outputs.o.a
          {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]} | {} | outputs.o.a
          {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]} | {} | outputs.o.a
          {"type": "object", "properties": {}, "additionalProperties": {"type": "integer", "minimum": 1}} | {"b": "x"} | outputs.o.b
          {"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "integer", "minimum": 1}} | {"b": "x"} | outputs.o.b
          {"type": "object", "properties": {"a": {}}, "additionalProperties": false, "minProperties": 1} | {"b": 1} | outputs.o.b
          {"type": "object", "properties": {"r": {"$ref": "#"}}, "maxProperties": 3} | {"r": {"r": {"r": 1}}} | outputs.o.r.r.r
          """)
  void whatDoesNotIsRefusedAtItsPlace(String schema, String value, String path) {
    assertRefused(path, "", () -> conform(schema, value));
  }

  @Test
  void numbersAreBroughtToTheirType() {
    assertThat(conform("{'type': 'object', 'properties': {'a': {'type': 'number'}}}", "{\"a\": 1}"))
        .isEqualTo(JsonForm.read("{\"a\": 1.0}"));
  }

  @Test
  void aRecordWithAFieldOfTheSameNameIsARecord() {
    ValueType record =
        new ValueType.RecordType(
            Map.of("json-schema", ValueType.Scalar.TEXT, "value", ValueType.Scalar.INT));
    InputValue value = InputValue.of(Map.of("json-schema", "a", "value", 3));
    assertThat(Coercion.coerce(value, record, Place.root())).isEqualTo(value);
  }

  @Test
  void theDeclaredSpellingIsTheSameSchema() {
    ValueType asserted =
        new ValueType.RecordType(
            Map.of(
                "json-schema", new ValueType.ArtifactType("taskcache/json-schema"),
                "minLength", new ValueType.EnumType(List.of("3")),
                "value", ValueType.Scalar.TEXT));
    assertThat(OutputSchema.of(Map.of("o", asserted)))
        .isEqualTo(read("{'type': 'string', 'minLength': 3}"));
  }
}

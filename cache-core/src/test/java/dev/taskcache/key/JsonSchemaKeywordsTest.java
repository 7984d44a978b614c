package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes the key, and what does not: keyword by keyword. */
class JsonSchemaKeywordsTest {
  /** No two of these allow the same values. */
  private static final List<String> DIFFERENT =
      List.of(
          "{}",
          "{'type': 'string'}",
          "{'type': 'integer'}",
          "{'type': 'number'}",
          "{'type': 'boolean'}",
          "{'type': 'null'}",
          "{'type': 'array'}",
          "{'type': 'object'}",
          "{'type': ['string', 'integer']}",
          "{'type': ['string', 'null']}",
          "{'type': ['string', 'integer', 'null']}",
          "{'minLength': 3}",
          "{'type': 'string', 'minLength': 3}",
          "{'type': ['string', 'null'], 'minLength': 3}",
          "{'type': 'string', 'minLength': 4}",
          "{'type': 'string', 'maxLength': 3}",
          "{'type': 'string', 'pattern': '3'}",
          "{'type': 'string', 'pattern': '^a'}",
          "{'type': 'number', 'minimum': 3}",
          "{'type': 'number', 'minimum': 3.5}",
          "{'type': 'number', 'minimum': 0.1}",
          "{'type': 'number', 'minimum': 0.10000000000000000001}",
          "{'type': 'number', 'minimum': 1e400}",
          "{'type': 'number', 'exclusiveMinimum': 3}",
          "{'type': 'number', 'maximum': 3}",
          "{'type': 'number', 'exclusiveMaximum': 3}",
          "{'type': 'number', 'multipleOf': 3}",
          "{'type': 'integer', 'multipleOf': 3}",
          "{'enum': [1]}",
          "{'enum': ['1']}",
          "{'enum': [true]}",
          "{'enum': [[1]]}",
          "{'enum': [{'a': 1}]}",
          "{'enum': [{'a': '1'}]}",
          "{'enum': [1, 2]}",
          "{'enum': [1, '1']}",
          "{'enum': ['1', null]}",
          "{'enum': ['a', '1']}",
          "{'enum': [null, 1]}",
          "{'type': 'array', 'items': {'type': 'string'}}",
          "{'items': {'type': 'string'}}",
          "{'type': 'array', 'items': false}",
          "{'type': 'array', 'prefixItems': [{'type': 'string'}]}",
          "{'type': 'array', 'prefixItems': [{'type': 'string'}, {'type': 'integer'}]}",
          "{'type': 'array', 'prefixItems': [{'type': 'integer'}, {'type': 'string'}]}",
          "{'type': 'array', 'prefixItems': [{'type': 'string'}], 'items': {'type': 'integer'}}",
          "{'type': 'array', 'prefixItems': [{'type': 'string'}], 'items': false}",
          "{'type': 'array', 'contains': {'type': 'string'}}",
          "{'type': 'array', 'contains': {'type': 'string'}, 'minContains': 2}",
          "{'type': 'array', 'contains': {'type': 'string'}, 'minContains': 0, 'maxContains': 2}",
          "{'type': 'array', 'contains': {'type': 'string'}, 'maxContains': 2}",
          "{'type': 'array', 'minItems': 2}",
          "{'type': 'array', 'maxItems': 2}",
          "{'type': 'array', 'uniqueItems': true}",
          "{'type': 'object', 'additionalProperties': false}",
          "{'type': 'object', 'additionalProperties': {'type': 'string'}}",
          "{'additionalProperties': {'type': 'string'}}",
          "{'type': 'object', 'properties': {'a': {'type': 'string'}}}",
          "{'properties': {'a': {'type': 'string'}}}",
          "{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'required': ['a']}",
          "{'type': 'object', 'properties': {'a': {'type': ['string', 'null']}}}",
          "{'type': 'object', 'properties': {'a': {'type': ['string', 'null']}}, 'required': ['a']}",
          "{'type': 'object', 'properties': {'a': {'$ref': '#/$defs/n'}}, 'required': ['a'],"
              + " '$defs': {'n': {'type': ['boolean', 'null']}}}",
          "{'type': 'object', 'properties': {'a': {'type': 'boolean'}}}",
          "{'type': 'object', 'properties': {'a': false}}",
          "{'type': 'object', 'properties': {'a': {'type': 'string'}},"
              + " 'additionalProperties': false}",
          "{'type': 'object', 'properties': {'a': {'type': 'string'}},"
              + " 'additionalProperties': {'type': 'string'}}",
          "{'type': 'object', 'properties': {'a': {'type': 'string'}}, 'required': ['a'],"
              + " 'additionalProperties': false}",
          "{'type': 'object', 'required': ['a']}",
          "{'type': 'object', 'required': ['a', 'b']}",
          "{'required': ['a']}",
          "{'type': 'object', 'patternProperties': {'a': {'type': 'string'}}}",
          "{'type': 'object', 'patternProperties': {'a': {'type': 'string'}}, 'required': ['a']}",
          "{'type': 'object', 'patternProperties': {'a': {'type': 'string'}},"
              + " 'additionalProperties': false}",
          "{'type': 'object', 'propertyNames': {'maxLength': 2}}",
          "{'type': 'object', 'minProperties': 2}",
          "{'type': 'object', 'maxProperties': 2}",
          "{'type': 'object', 'dependentRequired': {'a': ['b']}}",
          "{'type': 'object', 'dependentRequired': {'a': ['b', 'c']}}",
          "{'type': 'object', 'dependentSchemas': {'a': {'required': ['d']}}}",
          "{'anyOf': [{'type': 'string'}, {'minimum': 3}]}",
          "{'oneOf': [{'type': 'string'}, {'minimum': 3}]}",
          "{'allOf': [{'minimum': 3}, {'minimum': 4}, {'multipleOf': 7}]}",
          "{'oneOf': [{}, {'type': 'null'}]}",
          "{'oneOf': [{'type': ['string', 'null']}, {'type': 'null'}]}",
          "{'type': 'object', 'required': ['a'], 'unevaluatedProperties': false}",
          "{'type': 'object', 'required': ['a'], 'properties': {'a': {}},"
              + " 'unevaluatedProperties': false}",
          "{'oneOf': [{'enum': ['x', 'y']}, {'enum': ['y', 'z']}]}",
          "{'anyOf': [{'enum': ['x', 'y']}, {'enum': ['y', 'z']}]}",
          "{'not': {'type': 'string'}}",
          "{'type': ['string', 'null'], 'not': {'maxLength': 3}}",
          "{'anyOf': [{'type': 'string', 'not': {'maxLength': 3}}, {'type': 'null'}]}",
          "{'type': 'object', 'additionalProperties': false,"
              + " 'allOf': [{'properties': {'a': {'type': 'string'}}}]}",
          "{'type': 'object', 'additionalProperties': {'type': 'integer'}, 'required': ['a'],"
              + " 'patternProperties': {'a': {'minimum': 3}}}",
          "{'type': 'object', 'additionalProperties': {'type': 'integer'}, 'required': ['a'],"
              + " 'properties': {'a': {'type': 'integer'}},"
              + " 'patternProperties': {'a': {'minimum': 3}}}",
          "{'type': 'array', 'contains': {'type': 'integer'}, 'minContains': 0,"
              + " 'allOf': [{'contains': {'type': 'integer'}}]}",
          "{'type': 'array', 'contains': {'type': 'integer'}, 'minContains': 0}",
          "{'type': 'array', 'allOf': [{'uniqueItems': true, 'items': {}}],"
              + " 'unevaluatedItems': false}",
          "{'type': 'array', 'allOf': [{'uniqueItems': true}], 'unevaluatedItems': false}",
          "{'if': {'type': 'string'}, 'then': {'minLength': 3}}",
          "{'if': {'type': 'string'}, 'else': {'minimum': 3}}",
          "{'if': {'type': 'string'}, 'then': {'minLength': 3}, 'else': {'minimum': 3}}",
          "{'unevaluatedProperties': false}",
          "{'unevaluatedItems': false}",
          "{'allOf': [{'properties': {'a': {}}}], 'unevaluatedProperties': false}",
          "{'allOf': [{'required': ['a']}], 'unevaluatedProperties': false}",
          "{'allOf': [{'required': ['a'], 'properties': {'a': {}}}],"
              + " 'unevaluatedProperties': false}",
          "{'type': 'object', 'allOf': [{'minProperties': 1, 'additionalProperties': {}}],"
              + " 'unevaluatedProperties': false}",
          "{'type': 'object', 'allOf': [{'minProperties': 1}], 'unevaluatedProperties': false}");

  static OutputSchema read(String schema) {
    return OutputSchema.ofJsonSchema("o", schema.replace('\'', '"'));
  }

  @Test
  void schemasThatAssertDifferentThingsAreDifferent() {
    Map<OutputSchema, String> seen = new HashMap<>();
    for (String schema : DIFFERENT) {
      assertThat(seen.put(read(schema), schema)).as(schema).isNull();
    }
  }

  @Test
  void eachIsReadBackFromItsText() {
    assertThat(DIFFERENT)
        .allSatisfy(
            schema ->
                assertThat(OutputSchema.parse(read(schema).toString())).isEqualTo(read(schema)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'title': 'a'",
        "'description': 'a'",
        "'default': {'minLength': 3}",
        "'examples': [1]",
        "'deprecated': true",
        "'readOnly': true",
        "'writeOnly': true",
        "'$comment': 'a'",
        "'format': 'date'",
        "'contentEncoding': 'base64'",
        "'contentMediaType': 'a/b'",
        "'contentSchema': {'minLength': 3}",
        "'$id': 'https://example.org/a'",
        "'$anchor': 'a'",
        "'$schema': 'https://json-schema.org/draft/2020-12/schema'",
        "'$defs': {'unused': {'minLength': 3, '$ref': '#/nowhere'}}",
        "'x-order': 3"
      })
  void annotationsDoNotCount(String annotation) {
    for (String rest : List.of("'minLength': 3", "'type': 'string'", "'enum': [1, 2]")) {
      assertThat(read("{" + annotation + ", " + rest + "}"))
          .isEqualTo(read("{" + rest + ", " + annotation + "}"))
          .isEqualTo(read("{" + rest + "}"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"minLength": 3, "type": "string"}       | {"type": "string", "minLength": 3.0}
          {"type": "string"}                       | {"type": ["string"], "minLength": 0}
          {"minimum": 1000}                        | {"minimum": 1e3}
          {"enum": [1, 2]}                         | {"enum": [2.0, 1, 1]}
          {"const": {"a": 1, "b": 2}}              | {"enum": [{"b": 2, "a": 1.0}]}
          {"const": "a"}                           | {"type": "string", "enum": ["a", 1]}
          {"type": "number", "enum": [1]}          | {"type": "number", "enum": [1, "a", null]}
          {"type": ["string", "integer"]}          | {"type": ["integer", "string", "integer"]}
          {"type": ["string", "number"]}           | {"type": ["integer", "string", "number"]}
          {"type": "array", "items": {}}           | {"type": "array", "uniqueItems": false}
          {"type": "object", "required": []}       | {"type": "object", "additionalProperties": true}
          {"required": ["a", "b"]}                 | {"required": ["b", "a", "b"]}
          {"type": "object", "required": ["a"]}    | {"type": "object", "required": ["a"], "properties": {"a": {}}}
          {"allOf": [{"type": "string"}]}          | {"type": "string"}
          {"allOf": [true, {"type": "string"}]}    | {"anyOf": [{"type": "string"}]}
          {"allOf": [{"type": "string"}, {"minLength": 3}]} | {"type": "string", "minLength": 3}
          {"type": "string", "allOf": [{"type": "string", "minLength": 3}]} | {"type": "string", "minLength": 3}
          {"allOf": [{"required": ["a"]}, {"required": ["b"]}]} | {"required": ["a", "b"]}
          {"not": {}}                              | {"allOf": [false], "$comment": ""}
          {"then": false, "else": false}           | {}
          {"type": "array", "maxContains": 3}      | {"type": "array"}
          {"prefixItems": [], "type": "array"}     | {"type": "array"}
          """)
  void spellingsOfOneAssertionAreTheSame(String one, String other) {
    if (one.contains("not")) {
      one = "{\"type\": \"array\", \"items\": " + one + "}";
      other = "{\"type\": \"array\", \"items\": " + other + "}";
    }
    assertThat(OutputSchema.ofJsonSchema("o", one))
        .isEqualTo(OutputSchema.ofJsonSchema("o", other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"minLenght": 3}                       | outputs.o.minLenght                | not a keyword
          {"nullable": true}                     | outputs.o.nullable                 | not a keyword
          {"$dynamicRef": "#a"}                  | outputs.o.$dynamicRef              | not a keyword
          {"items": {"properties": {"a": {"b": 1}}}} | outputs.o.items.properties.a.b | not a keyword
          {"$defs": {"d": {"b": 1}}, "$ref": "#/$defs/d"} | outputs.o.$defs.d.b       | not a keyword
          {"type": "text"}                       | outputs.o.type                     | not a type
          {"type": []}                           | outputs.o.type                     | at least one
          {"enum": []}                           | outputs.o.enum                     | at least one
          {"enum": 3}                            | outputs.o.enum                     | must be a list
          {"anyOf": []}                          | outputs.o.anyOf                    | at least one
          {"allOf": {}}                          | outputs.o.allOf                    | must be a list
          {"minLength": -1}                      | outputs.o.minLength                | whole number
          {"minLength": 1.5}                     | outputs.o.minLength                | whole number
          {"minimum": "1"}                       | outputs.o.minimum                  | a number
          {"minimum": 4, "exclusiveMinimum": true} | outputs.o.exclusiveMinimum       | a number
          {"multipleOf": 0}                      | outputs.o.multipleOf               | greater than 0
          {"pattern": 3}                         | outputs.o.pattern                  | a text
          {"uniqueItems": 1}                     | outputs.o.uniqueItems              | true or false
          {"required": "a"}                      | outputs.o.required                 | must be a list
          {"required": [1]}                      | outputs.o.required[0]              | a text
          {"type": "object", "required": [1]}    | outputs.o.required[0]              | a text
          {"properties": {"a": 3}}               | outputs.o.properties.a             | a schema is
          {"properties": []}                     | outputs.o.properties               | must be a map
          {"items": null}                        | outputs.o.items                    | a schema is
          {"type": "object", "properties": {"": {}}} | outputs.o.properties[""]       | name
          {"patternProperties": {"": {}}}        | outputs.o.patternProperties        | name
          {"$schema": "http://json-schema.org/draft-04/schema#"} | outputs.o.$schema  | draft
          false                                  | outputs.o                          | no output at all
          {"not": {}}                            | outputs.o                          | no output at all
          3                                      | outputs.o                          | a schema is
          {"minimum": 1, "minimum": 1}           | outputs.o.minimum                  | duplicate
          {"minimum": 1e99999999999}             | outputs.o.minimum                  | exponent
          """)
  void whatCannotBeReadIsRefusedAtItsPlace(String schema, String path, String problem) {
    assertRefused(path, problem, () -> OutputSchema.ofJsonSchema("o", schema));
  }

  @Test
  void anOutputWithoutANameIsRefused() {
    assertRefused("outputs", "must not be empty", () -> OutputSchema.ofJsonSchema("", "{}"));
  }
}

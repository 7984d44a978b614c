package dev.taskcache.key;

import static dev.taskcache.key.JsonSchemaKeywordsTest.read;
import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refs inside a document, and the spellings of the two drafts. */
class JsonSchemaRefsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref': '#/$defs/t', '$defs': {'t': {'minLength': 3}}}",
        "{'$ref': '#/definitions/t', 'definitions': {'t': {'minLength': 3}}}",
        "{'$ref': '#/%24defs/%74', '$defs': {'t': {'minLength': 3}}}",
        "{'$ref': '#/$defs/a%20~1~0~01%25', '$defs': {'a /~~1%': {'minLength': 3}}}",
        "{'$ref': '#/$defs/%C3%A9', '$defs': {'é': {'minLength': 3}}}",
        "{'$ref': '#/$defs/é', '$defs': {'é': {'minLength': 3}}}",
        "{'$ref': '#/$defs/', '$defs': {'': {'minLength': 3}}}",
        "{'$ref': '#/$defs/t/allOf/0', '$defs': {'t': {'allOf': [{'minLength': 3}]}}}",
        "{'$ref': '#t', '$defs': {'t': {'$anchor': 't', 'minLength': 3}}}",
        "{'$ref': '#t', '$defs': {'t': {'$id': '#t', 'minLength': 3}}}",
        "{'$ref': 't', '$defs': {'a': {'$id': 't', 'minLength': 3}}}",
        "{'$id': 'https://e.org/x/y', '$ref': '/z/t', '$defs': {'a': {'$id': '../z/t', 'minLength': 3}}}",
        "{'$id': 'https://e.org/y', '$ref': 'https://e.org/y#/$defs/t', '$defs': {'t': {'minLength': 3}}}",
        "{'$ref': 't#/$defs/u', '$defs': {'a': {'$id': 't', '$defs': {'u': {'minLength': 3}}}}}",
        "{'$ref': '#/$defs/a', '$defs': {'a': {'$id': 'urn:x:1', '$ref': '#/$defs/u',"
            + " '$defs': {'u': {'minLength': 3}}}, 'u': {'minLength': 4}}}",
        "{'$ref': '#/$defs/a', '$defs': {'a': {'$ref': '#/$defs/b'}, 'b': {'minLength': 3}}}"
      })
  void refsLeadToTheirSchema(String schema) {
    assertThat(read(schema)).isEqualTo(read("{'minLength': 3}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"$ref": "#/$defs/t"}                      | outputs.o.$ref       | there is no "$defs"
          {"items": {"$ref": "#/$defs/t"}, "$defs": {}} | outputs.o.items.$ref | there is no "t"
          {"$ref": "#t"}                             | outputs.o.$ref       | anchor
          {"$ref": "https://e.org/s"}                | outputs.o.$ref       | nothing is fetched
          {"$ref": "other.json#/a"}                  | outputs.o.$ref       | nothing is fetched
          {"$ref": "#/$defs/~2"}                     | outputs.o.$ref       | ~0
          {"$ref": "#/$defs/%2"}                     | outputs.o.$ref       | %25
          {"$ref": "#/$defs/%FF"}                    | outputs.o.$ref       | %25
          {"$ref": "#/$defs/%"}                      | outputs.o.$ref       | %25
          {"$ref": "a b#"}                           | outputs.o.$ref       | not a URI
          {"$ref": 3}                                | outputs.o.$ref       | a text
          {"$ref": "#/allOf/01", "allOf": [{}, {}]}  | outputs.o.$ref       | there is no "01"
          {"$ref": "#/allOf/2", "allOf": [{}, {}]}   | outputs.o.$ref       | there is no "2"
          {"$ref": "#/title", "title": "a"}          | outputs.o.title      | a schema is
          {"$ref": "#"}                              | outputs.o            | only itself
          {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"allOf": [{"$ref": "#/$defs/a"}]}}} | outputs.o.$defs.a | only itself
          {"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}} | outputs.o.$defs.a.$anchor | also the address
          {"$defs": {"a": {"$id": "x"}, "b": {"$id": "x"}}} | outputs.o.$defs.a.$id | also the address
          """)
  void refsThatLeadNowhereAreRefused(String schema, String path, String problem) {
    assertRefused(path, problem, () -> OutputSchema.ofJsonSchema("o", schema));
  }

  @Test
  void namesAndPlacesOfDefinitionsDoNotCount() {
    String inPlace =
        "{'type': 'array', 'items': {'type': 'object', 'properties': {'n': {'$ref': '#/items'}}}}";
    String named =
        "{'type': 'array', 'items': {'$ref': '#/$defs/x'}, '$defs': {'x':"
            + " {'type': 'object', 'properties': {'n': {'$ref': '#/$defs/x'}}}}}";
    assertThat(read(inPlace)).isEqualTo(read(named)).isEqualTo(read(named.replace("x", "yy")));
  }

  @Test
  void whatOnlyAnUnusedDefinitionRefersToIsNoDefinition() {
    String schema =
        "{'$ref': '#/$defs/a', '$defs': {'a': {'type': 'object', 'properties':"
            + " {'b': {'type': 'object', 'properties': {'a': {'$ref': '#/$defs/a'}}}}}%s}}";
    assertThat(read(schema.formatted(", 'unused': {'$ref': '#/$defs/a/properties/b'}")))
        .isEqualTo(read(schema.formatted("")));
  }

  @Test
  void aRequiredFieldMayBeNullOnlyWhereItsDefinitionSaysSo() {
    String schema =
        "{'type': 'object', 'required': ['a'], 'properties': {'a': {'$ref': '#/$defs/d'}},"
            + " '$defs': {'d': {'$ref': '#/$defs/e'}, 'e': {'type': %s}}}";
    String plain = "{'type': 'object', 'required': ['a'], 'properties': {'a': {'type': %s}}}";
    for (String type : new String[] {"'string'", "['string', 'null']"}) {
      assertThat(read(schema.formatted(type))).isEqualTo(read(plain.formatted(type)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "items": [{"type": "string"}]                            | "prefixItems": [{"type": "string"}]
          "items": [{"type": "string"}], "additionalItems": false  | "prefixItems": [{"type": "string"}], "items": false
          "items": [], "additionalItems": {"type": "string"}       | "items": {"type": "string"}
          "items": {"minLength": 3}, "additionalItems": false      | "items": {"minLength": 3}
          "dependencies": {"a": ["b"], "c": {"minimum": 3}}        | "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minimum": 3}}
          "definitions": {"a": {"minimum": 3}}, "items": {"$ref": "#/definitions/a"} | "$defs": {"a": {"minimum": 3}}, "items": {"$ref": "#/$defs/a"}
          "definitions": {"a": {"$id": "#x", "minimum": 3}}, "items": {"$ref": "#x"} | "$defs": {"a": {"$anchor": "x", "minimum": 3}}, "items": {"$ref": "#x"}
          "items": {"description": "d", "$ref": "#/definitions/a"}, "definitions": {"a": {"type": "string"}} | "items": {"type": "string"}
          """)
  void theDraftsSpellTheSame(String draft07, String draft2020) {
    OutputSchema expected =
        OutputSchema.ofJsonSchema(
            "o",
            "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", " + draft2020 + "}");
    assertThat(
            OutputSchema.ofJsonSchema(
                "o", "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", " + draft07 + "}"))
        .isEqualTo(expected);
    assertThat(OutputSchema.ofJsonSchema("o", "{" + draft07 + "}")).isEqualTo(expected);
    assertThat(OutputSchema.ofJsonSchema("o", "{" + draft2020 + "}")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://json-schema.org/draft-07/schema# | "prefixItems": [{}]         | outputs.o.prefixItems
          http://json-schema.org/draft-07/schema# | "unevaluatedItems": false   | outputs.o.unevaluatedItems
          http://json-schema.org/draft-07/schema# | "dependentRequired": {}     | outputs.o.dependentRequired
          http://json-schema.org/draft-07/schema# | "$ref": "#/definitions/a", "minLength": 3, "definitions": {"a": {}} | outputs.o
          https://json-schema.org/draft/2020-12/schema | "items": [{}]          | outputs.o.items
          https://json-schema.org/draft/2020-12/schema | "additionalItems": {}  | outputs.o.additionalItems
          https://json-schema.org/draft/2020-12/schema | "dependencies": {}     | outputs.o.dependencies
          """)
  void aWordOfTheOtherDraftIsRefused(String draft, String rest, String path) {
    assertRefused(
        path,
        "",
        () -> OutputSchema.ofJsonSchema("o", "{\"$schema\": \"" + draft + "\", " + rest + "}"));
  }

  @Test
  void whatStandsBesideARefHoldsAsWell() {
    String defs = ", '$defs': {'a': {'type': 'string'}}}";
    assertThat(read("{'$ref': '#/$defs/a', 'minLength': 3" + defs))
        .isEqualTo(read("{'allOf': [{'$ref': '#/$defs/a'}], 'minLength': 3" + defs))
        .isNotEqualTo(read("{'$ref': '#/$defs/a'" + defs))
        .isNotEqualTo(read("{'minLength': 3}"));
  }
}

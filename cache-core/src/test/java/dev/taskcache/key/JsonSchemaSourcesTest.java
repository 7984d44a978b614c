package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.ValueType.EnumType;
import dev.taskcache.key.ValueType.ListType;
import dev.taskcache.key.ValueType.MapType;
import dev.taskcache.key.ValueType.OptionalType;
import dev.taskcache.key.ValueType.RecordType;
import dev.taskcache.key.ValueType.RefType;
import dev.taskcache.key.ValueType.Scalar;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One canonical form, whether it was declared, or comes from a Java type or a JSON Schema. */
class JsonSchemaSourcesTest {
  private enum Color {
    RED,
    GREEN
  }

  private record Row(long a, String b, Optional<Double> c) {}

  private record Report(List<Row> rows, Map<String, Row> byName, Color color, boolean done) {}

  private record Node(String text, List<Node> children) {}

  private record Link(Optional<Link> next) {}

  private record Folder(Map<String, Entry> entries) {}

  private record Entry(long size, Optional<Folder> folder) {}

  private record Empty() {}

  private static final ValueType ROW =
      new RecordType(
          Map.of("a", Scalar.INT, "b", Scalar.TEXT, "c", new OptionalType(Scalar.FLOAT64)));

  private static final String ROW_SCHEMA =
      """
      {"type": "object", "required": ["b", "a"], "additionalProperties": false,
       "properties": {"a": {"type": "integer"}, "b": {"type": "string"}, "c": {"type": "number"}}}
      """;

  static Stream<Arguments> same() {
    return Stream.of(
        Arguments.of(Scalar.TEXT, String.class, "{'type': 'string'}"),
        Arguments.of(Scalar.BOOL, boolean.class, "{'type': 'boolean'}"),
        Arguments.of(Scalar.INT, long.class, "{'type': ['integer']}"),
        Arguments.of(Scalar.FLOAT64, double.class, "{'type': ['number', 'integer']}"),
        Arguments.of(Scalar.ANY, Object.class, "{}"),
        Arguments.of(Scalar.ANY, Object.class, "true"),
        Arguments.of(Scalar.TEXT, String.class, "{'type': 'string', 'format': 'date-time'}"),
        Arguments.of(
            new ListType(new ListType(Scalar.INT)),
            long[][].class,
            "{'type': 'array', 'items': {'type': 'array', 'items': {'type': 'integer'}}}"),
        Arguments.of(
            new MapType(Scalar.TEXT),
            component(0),
            "{'type': 'object', 'additionalProperties': {'type': 'string'}}"),
        Arguments.of(new MapType(Scalar.ANY), component(1), "{'type': 'object'}"),
        Arguments.of(new OptionalType(Scalar.TEXT), component(2), "{'type': ['null', 'string']}"),
        Arguments.of(
            new OptionalType(Scalar.TEXT),
            component(2),
            "{'anyOf': [{'type': 'string'}, {'type': 'null'}]}"),
        Arguments.of(
            new OptionalType(Scalar.TEXT),
            component(2),
            "{'oneOf': [{'type': 'null'}, {'$ref': '#/$defs/t'}], '$defs': {'t': {'type': 'string'}}}"),
        Arguments.of(
            new EnumType(List.of("RED", "GREEN")),
            Color.class,
            "{'enum': ['RED', 'GREEN', 'RED']}"),
        Arguments.of(
            new EnumType(List.of("RED", "GREEN")),
            Color.class,
            "{'oneOf': [{'const': 'GREEN', 'title': 'go'}, {'const': 'RED'}]}"),
        Arguments.of(
            new OptionalType(new EnumType(List.of("RED", "GREEN"))),
            component(3),
            "{'type': ['string', 'null'], 'enum': ['GREEN', 'RED', null, 7]}"),
        Arguments.of(
            new RecordType(Map.of()),
            Empty.class,
            "{'type': 'object', 'additionalProperties': false}"),
        Arguments.of(ROW, Row.class, ROW_SCHEMA),
        Arguments.of(
            ROW,
            Row.class,
            "{'allOf': [{'$ref': '#/$defs/r'}], '$defs': {'r': " + ROW_SCHEMA + "}}"),
        Arguments.of(
            new RecordType(
                Map.of(
                    "rows", new ListType(ROW),
                    "byName", new MapType(ROW),
                    "color", new EnumType(List.of("RED", "GREEN")),
                    "done", Scalar.BOOL)),
            Report.class,
            """
            {'type': 'object', 'additionalProperties': false,
             'required': ['rows', 'byName', 'color', 'done'],
             'properties': {
               'rows': {'type': 'array', 'items': {'$ref': '#/definitions/row'}},
               'byName': {'type': 'object', 'additionalProperties': {'$ref': '#/definitions/row'}},
               'color': {'type': 'string', 'enum': ['GREEN', 'RED']},
               'done': {'type': 'boolean'}},
             'definitions': {'row': %s}}
            """
                .formatted(ROW_SCHEMA)));
  }

  private record Generics(
      Map<String, String> a, Map<String, Object> b, Optional<String> c, Optional<Color> d) {}

  private static Type component(int index) {
    return Generics.class.getRecordComponents()[index].getGenericType();
  }

  private static void assertSame(OutputSchema declared, Type java, String json) {
    OutputSchema read = OutputSchema.ofJsonSchema("result", json.replace('\'', '"'));
    assertThat(read).isEqualTo(declared).isEqualTo(ResultType.of(java).schema());
    assertThat(read.document()).isEqualTo(declared.document());
    assertThat(OutputSchema.parse(read.toString())).isEqualTo(read);
  }

  @ParameterizedTest
  @MethodSource("same")
  void theThreeSourcesAreOneForm(ValueType declared, Type java, String json) {
    assertSame(OutputSchema.of(Map.of("result", declared)), java, json);
  }

  @Test
  void aTreeIsOneForm() {
    OutputSchema declared =
        OutputSchema.of(
            Map.of("result", new RefType("N")),
            Map.of(
                "N",
                new RecordType(
                    Map.of("text", Scalar.TEXT, "children", new ListType(new RefType("N"))))));
    String node =
        """
        {'type': 'object', 'additionalProperties': false, 'required': ['text', 'children'],
         'properties': {
           'text': {'type': 'string'}, 'children': {'type': 'array', 'items': {'$ref': '%s'}}}}
        """;
    assertSame(declared, Node.class, node.formatted("#"));
    assertSame(
        declared,
        Node.class,
        "{'$ref': '#/$defs/n', '$defs': {'n': " + node.formatted("#/$defs/n") + "}}");
    assertSame(
        declared,
        Node.class,
        "{'$ref': '#/definitions/a~1~0%25', 'definitions': {'a/~%': "
            + node.formatted("#/definitions/a~1~0%25")
            + "}}");
  }

  @Test
  void aListOfLinksIsOneForm() {
    OutputSchema declared =
        OutputSchema.of(
            Map.of("result", new RefType("L")),
            Map.of("L", new RecordType(Map.of("next", new OptionalType(new RefType("L"))))));
    assertSame(
        declared,
        Link.class,
        "{'type': 'object', 'properties': {'next': {'$ref': '#'}}, 'additionalProperties': false}");
  }

  @Test
  void typesThatReferToEachOtherAreOneForm() {
    OutputSchema declared =
        OutputSchema.of(
            Map.of("result", new RefType("F")),
            Map.of(
                "F", new RecordType(Map.of("entries", new MapType(new RefType("E")))),
                "E",
                    new RecordType(
                        Map.of("size", Scalar.INT, "folder", new OptionalType(new RefType("F"))))));
    assertSame(
        declared,
        Folder.class,
        """
        {'$id': 'https://example.org/folder', '$anchor': 'folder',
         'type': 'object', 'required': ['entries'], 'additionalProperties': false,
         'properties': {
           'entries': {'type': 'object', 'additionalProperties': {'$ref': 'entry'}}},
         '$defs': {'e': {'$id': 'entry',
           'type': 'object', 'required': ['size'], 'additionalProperties': false,
           'properties': {'size': {'type': 'integer'}, 'folder': {'$ref': 'folder#folder'}}}}}
        """);
  }

  @Test
  void aFieldAddedDeepInsideChangesTheDigest() {
    OutputSchema before = OutputSchema.ofJsonSchema("result", nested("'a': {'type': 'integer'}"));
    OutputSchema after =
        OutputSchema.ofJsonSchema(
            "result", nested("'a': {'type': 'integer'}, 'b': {'type': 'string'}"));
    assertThat(after.digest()).isNotEqualTo(before.digest());
  }

  private static String nested(String properties) {
    return """
        {'type': 'object', 'additionalProperties': false, 'required': ['rows'],
         'properties': {'rows': {'type': 'array', 'items': {'$ref': '#/$defs/row'}}},
         '$defs': {'row': {'type': 'object', 'required': ['cell'], 'properties': {
           'cell': {'type': 'object', 'properties': {%s}, 'additionalProperties': false}}}}}
        """
        .formatted(properties)
        .replace('\'', '"');
  }
}

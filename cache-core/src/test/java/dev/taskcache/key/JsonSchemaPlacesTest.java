package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where two JSON Schemas differ, in the words of explanations. */
class JsonSchemaPlacesTest {
  private static Map<String, String> places(String row) {
    String schema =
        """
        {"type": "object", "properties": {"rows": {"type": "array", "items": %s},
         "other": {"type": "string", "minLength": 3}}, "required": ["rows"]}
        """;
    OutputSchema read = OutputSchema.ofJsonSchema("Report", schema.formatted(row));
    return Places.ofTypes("", read.outputs(), read.definitions(), Map.of()).places();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "integer"}                    | {"type": "string"}                     | Report.rows[]
          {"type": "string", "minLength": 3}     | {"type": "string", "minLength": 4}     | Report.rows[].$minLength
          {"type": "string", "minLength": 3}     | {"type": "string", "pattern": "a"}     | Report.rows[].$minLength Report.rows[].$pattern
          {"type": "object", "properties": {"b": {"type": "string"}}} | {"type": "object", "properties": {"b": {"type": "integer"}}} | Report.rows[].b
          {"type": "object", "properties": {"b": {"enum": [1]}}} | {"type": "object", "properties": {"b": {"enum": [2]}}} | Report.rows[].b.$enum
          {"type": "object", "properties": {"b": {"anyOf": [{"minimum": 1}, {}]}}} | {"type": "object", "properties": {"b": {"anyOf": [{"minimum": 2}, {}]}}} | Report.rows[].b.$anyOf["0"].$minimum
          """)
  void aDifferenceHasItsPlace(String before, String after, String expected) {
    Map<String, String> old = places(before);
    Map<String, String> now = places(after);
    List<String> differences = new ArrayList<>();
    old.forEach(
        (place, says) -> {
          if (!says.equals(now.get(place))) {
            differences.add(place);
          }
        });
    now.keySet().stream().filter(place -> !old.containsKey(place)).forEach(differences::add);
    assertThat(String.join(" ", differences)).isEqualTo(expected);
  }
}

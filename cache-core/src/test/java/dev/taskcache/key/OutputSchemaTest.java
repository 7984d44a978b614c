package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.ValueType.ListType;
import dev.taskcache.key.ValueType.MapType;
import dev.taskcache.key.ValueType.OptionalType;
import dev.taskcache.key.ValueType.RecordType;
import dev.taskcache.key.ValueType.RefType;
import dev.taskcache.key.ValueType.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas in canonical form, as text, and as what outputs must be. */
class OutputSchemaTest {
  private static final RecordType ROW = new RecordType(Map.of("a", Scalar.INT));

  private static ValueType node(String ref) {
    return new RecordType(Map.of("next", new OptionalType(new RefType(ref))));
  }

  private static OutputSchema of(ValueType output, Map<String, ValueType> definitions) {
    return OutputSchema.of(Map.of("o", output), definitions);
  }

  private static MapValue outputs(Map<String, ?> outputs) {
    return (MapValue) InputValue.of(outputs);
  }

  @Test
  void namesOfDefinitionsDoNotMatter() {
    assertThat(of(new RefType("A"), Map.of("A", node("A"))))
        .isEqualTo(of(new RefType("Z"), Map.of("Z", node("Z"))));
  }

  @Test
  void aDefinitionThatIsNotRecursiveIsTheSameAsItsTypeWrittenOut() {
    OutputSchema schema = of(new ListType(new RefType("Row")), Map.of("Row", ROW));
    assertThat(schema).isEqualTo(of(new ListType(ROW), Map.of()));
    assertThat(schema.definitions()).isEmpty();
  }

  @Test
  void aliasesAreGone() {
    Map<String, ValueType> aliased =
        Map.of("A", new RefType("B"), "B", new RefType("C"), "C", node("A"));
    assertThat(of(new RefType("A"), aliased))
        .isEqualTo(of(new RefType("N"), Map.of("N", node("N"))));
  }

  @Test
  void definitionsThatNothingRefersToAreDropped() {
    assertThat(of(Scalar.INT, Map.of("A", node("A")))).isEqualTo(of(Scalar.INT, Map.of()));
  }

  @Test
  void definitionsAreNumberedInTheOrderInWhichAWalkMeetsThem() {
    OutputSchema schema =
        OutputSchema.of(
            Map.of("b", new RefType("X"), "aa", new RefType("Y")),
            Map.of("X", new ListType(new RefType("X")), "Y", new MapType(new RefType("Y"))));
    assertThat(schema.outputs())
        .containsExactly(Map.entry("b", new RefType("0")), Map.entry("aa", new RefType("1")));
    assertThat(schema.definitions())
        .containsExactly(
            Map.entry("0", new ListType(new RefType("0"))),
            Map.entry("1", new MapType(new RefType("1"))));
  }

  @Test
  void theWalkGoesOnInsideADefinitionAtOnce() {
    RecordType first = new RecordType(Map.of("a", new RefType("Inner"), "b", new RefType("First")));
    Map<String, ValueType> definitions =
        Map.of("First", first, "Inner", node("Inner"), "Later", node("Later"));
    OutputSchema schema =
        OutputSchema.of(Map.of("a", new RefType("First"), "b", new RefType("Later")), definitions);
    assertThat(schema.outputs().get("b")).isEqualTo(new RefType("2"));
    assertThat(schema.definitions().get("1")).isEqualTo(node("1"));
  }

  @Test
  void aCycleOfThousandsOfDefinitionsIsNumberedAlongIt() {
    int length = 3_000;
    Map<String, ValueType> cycle = new HashMap<>();
    for (int i = 0; i < length; i++) {
      cycle.put("d" + i, new ListType(new RefType("d" + (i + 1) % length)));
    }
    OutputSchema schema = of(new RefType("d7"), cycle);
    assertThat(schema.definitions()).hasSize(length);
    assertThat(schema.definitions().get("2999")).isEqualTo(new ListType(new RefType("0")));
  }

  @Test
  void aDefinitionThatIsOnlyItselfIsRefused() {
    assertRefused(
        "definitions.A", "only itself", () -> of(Scalar.INT, Map.of("A", new RefType("A"))));
    assertRefused(
        "definitions.A",
        "only itself",
        () -> of(Scalar.INT, Map.of("B", new RefType("A"), "A", new RefType("B"))));
  }

  @Test
  void aRefWithoutADefinitionIsRefused() {
    assertRefused(
        "outputs.o.list.ref",
        "no definition \"A\"",
        () -> of(new ListType(new RefType("A")), Map.of()));
  }

  @Test
  void definitionsThatDoubleAreRefusedBeforeTheyFillTheMemory() {
    Map<String, ValueType> doubling = new HashMap<>(Map.of("d0", Scalar.INT));
    for (int i = 1; i <= 60; i++) {
      RefType half = new RefType("d" + (i - 1));
      doubling.put("d" + i, new RecordType(Map.of("a", half, "b", half)));
    }
    assertRefused("outputs", "10000 types", () -> of(new RefType("d60"), doubling));
  }

  @Test
  void emptyNamesAreRefused() {
    assertRefused("outputs", "must not be empty", () -> OutputSchema.of(Map.of("", Scalar.INT)));
    assertRefused("definitions", "must not be empty", () -> of(Scalar.INT, Map.of("", ROW)));
    assertRefused("", "must not be empty", () -> new RecordType(Map.of("", Scalar.INT)));
    assertRefused("", "must not be empty", () -> new RefType(""));
    assertRefused("", "must not be empty", () -> new ValueType.ArtifactType(""));
    assertRefused("", "at least one name", () -> new ValueType.EnumType(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":\"int\",\"b\":{\"list\":{\"map\":{\"optional\":\"any\"}}}}",
        "{\"$a\":{\"record\":{\"$$b\":\"text\"}},\"$decimal\":\"decimal\"}",
        "{\"$decimal\":\"decimal\"}",
        "{\"e\":{\"enum\":[\"B\",\"A\",\"\",\"$\"]},\"m\":{\"artifact\":\"system.Model\"}}",
        "[{\"o\":{\"ref\":\"0\"}},{\"0\":{\"list\":{\"ref\":\"0\"}}}]"
      })
  void aSchemaIsReadBackFromItsText(String text) {
    OutputSchema schema = OutputSchema.parse(text);
    assertThat(OutputSchema.parse(schema.toString())).isEqualTo(schema);
    assertThat(schema.outputs().keySet())
        .allSatisfy(name -> assertThat(text).contains("\"" + name + "\":"));
  }

  @Test
  void aTextThatIsNoSchemaIsRefused() {
    assertRefused("", "must be a map", () -> OutputSchema.parse("[]"));
    assertRefused("o", "not a type", () -> OutputSchema.parse("{\"o\":1}"));
    assertRefused("o.list", "not a type", () -> OutputSchema.parse("{\"o\":{\"list\":\"x\"}}"));
    assertRefused("", "not JSON", () -> OutputSchema.parse("{"));
  }

  @Test
  void outputsAreBroughtToTheirTypes() {
    OutputSchema schema =
        OutputSchema.of(
            Map.of("f", Scalar.FLOAT64, "l", new ListType(ROW), "o", new OptionalType(Scalar.INT)));
    assertThat(schema.conform(outputs(Map.of("f", 5, "l", List.of(Map.of("a", 1.0))))))
        .isEqualTo(outputs(Map.of("f", 5.0, "l", List.of(Map.of("a", 1)))));
    assertThat(schema.conform(outputs(Map.of("f", 5, "l", List.of(), "o", 1.0))).entries())
        .containsEntry("o", InputValue.of(1));
  }

  @Test
  void outputsThatAreMissingNotDeclaredOrOfAnotherTypeAreRefused() {
    OutputSchema schema = OutputSchema.of(Map.of("a", Scalar.INT, "l", new ListType(ROW)));
    assertRefused("outputs.l", "missing", () -> schema.conform(outputs(Map.of("a", 1))));
    assertRefused(
        "outputs.x",
        "no such output",
        () -> schema.conform(outputs(Map.of("a", 1, "l", List.of(), "x", 1))));
    assertRefused(
        "outputs.l[1].a",
        "declared as int",
        () ->
            schema.conform(
                outputs(Map.of("a", 1, "l", List.of(Map.of("a", 1), Map.of("a", "1"))))));
  }

  @Test
  void outputsOfRecursiveTypesAreBroughtToTheirTypesAtEveryLevel() {
    RecordType list =
        new RecordType(Map.of("v", Scalar.FLOAT64, "next", new OptionalType(new RefType("N"))));
    OutputSchema schema = of(new RefType("N"), Map.of("N", list));
    assertThat(schema.conform(outputs(Map.of("o", Map.of("v", 1, "next", Map.of("v", 2))))))
        .isEqualTo(outputs(Map.of("o", Map.of("v", 1.0, "next", Map.of("v", 2.0)))));
  }

  @Test
  void anOptionalOfItselfAcceptsNullOnly() {
    OutputSchema schema = of(new RefType("N"), Map.of("N", new OptionalType(new RefType("N"))));
    assertRefused("outputs.o", "only null is", () -> schema.conform(outputs(Map.of("o", 1))));
    Map<String, InputValue> nothing = Map.of("o", InputValue.Null.NULL);
    assertThat(schema.conform(new MapValue(nothing))).isEqualTo(new MapValue(nothing));
  }
}

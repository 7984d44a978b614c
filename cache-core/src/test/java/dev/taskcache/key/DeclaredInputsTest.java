package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.InputValue.Secret;
import dev.taskcache.key.ValueType.ArtifactType;
import dev.taskcache.key.ValueType.EnumType;
import dev.taskcache.key.ValueType.ListType;
import dev.taskcache.key.ValueType.MapType;
import dev.taskcache.key.ValueType.OptionalType;
import dev.taskcache.key.ValueType.RecordType;
import dev.taskcache.key.ValueType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 5 of the key format, from Java: what a declared type makes of a value. */
class DeclaredInputsTest {
  private static final Secret SECRET = new Secret("db", "1");
  private static final InputValue.Artifact MODEL =
      new InputValue.Artifact("Model", null, "s3://b/k", MapValue.EMPTY);
  private static final RecordType RECORD =
      new RecordType(Map.of("f", Scalar.FLOAT64, "o", new OptionalType(Scalar.INT)));
  private static final double LARGE = 1L << 53;

  private static KeyOptions ignoring(String... names) {
    return new KeyOptions("1", Map.of(), null, Set.of(names));
  }

  private static MapValue bind(
      Map<String, InputSpec> declared, Map<String, ?> given, String... ignored) {
    ComponentSpec component = ComponentSpec.builder().name("c").declaredInputs(declared).build();
    MapValue inputs = (MapValue) InputValue.of(given);
    return TaskKey.of(component, null, inputs, OutputSchema.NONE, ignoring(ignored)).inputs();
  }

  private static InputValue bring(ValueType type, Object value) {
    Map<String, InputSpec> declared = Map.of("x", InputSpec.required(type));
    return bind(declared, Map.of("x", InputValue.of(value))).entries().get("x");
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(Scalar.ANY, null, null),
        Arguments.of(Scalar.ANY, 5.0, 5.0),
        Arguments.of(Scalar.ANY, SECRET, SECRET),
        Arguments.of(Scalar.FLOAT64, 5, 5.0),
        Arguments.of(Scalar.FLOAT64, 0, 0.0),
        Arguments.of(Scalar.FLOAT64, -0.0, -0.0),
        Arguments.of(Scalar.FLOAT64, Double.NaN, Double.NaN),
        Arguments.of(Scalar.FLOAT64, 1L << 53, LARGE),
        Arguments.of(Scalar.FLOAT64, BigInteger.TWO.pow(1023), 0x1p1023),
        Arguments.of(Scalar.INT, 5.0, 5),
        Arguments.of(Scalar.INT, -5.0, -5),
        Arguments.of(Scalar.INT, 0.0, 0),
        Arguments.of(Scalar.INT, 1e21, BigInteger.TEN.pow(21)),
        Arguments.of(Scalar.INT, BigInteger.TEN.pow(40), BigInteger.TEN.pow(40)),
        Arguments.of(Scalar.TEXT, "a", "a"),
        Arguments.of(Scalar.TEXT, SECRET, SECRET),
        Arguments.of(Scalar.BOOL, true, true),
        Arguments.of(Scalar.DECIMAL, new BigDecimal("1.0"), BigDecimal.ONE),
        Arguments.of(Scalar.BYTES, new byte[] {1}, new byte[] {1}),
        Arguments.of(Scalar.TIMESTAMP, Instant.EPOCH, Instant.EPOCH),
        Arguments.of(new ListType(Scalar.FLOAT64), List.of(1, 2.5), List.of(1.0, 2.5)),
        Arguments.of(new MapType(Scalar.INT), Map.of("a", 1.0), Map.of("a", 1)),
        Arguments.of(new OptionalType(Scalar.INT), null, null),
        Arguments.of(new OptionalType(Scalar.INT), 1.0, 1),
        Arguments.of(RECORD, Map.of("f", 1), Map.of("f", 1.0)),
        Arguments.of(RECORD, Map.of("f", 1, "o", 2.0), Map.of("f", 1.0, "o", 2)),
        Arguments.of(
            RECORD,
            Map.of("f", 1, "o", InputValue.Null.NULL),
            Map.of("f", 1.0, "o", InputValue.Null.NULL)),
        Arguments.of(new EnumType(List.of("B", "A")), "A", "A"),
        Arguments.of(new ArtifactType("Model"), MODEL, MODEL));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aValueIsBroughtToItsDeclaredType(ValueType type, Object given, Object expected) {
    assertThat(bring(type, given)).isEqualTo(InputValue.of(expected));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Scalar.FLOAT64, (1L << 53) + 1, "declared as float64"),
        Arguments.of(Scalar.FLOAT64, BigInteger.TWO.pow(1024), "declared as float64"),
        Arguments.of(Scalar.FLOAT64, "5", "the text \"5\""),
        Arguments.of(Scalar.FLOAT64, BigDecimal.ONE, "a Decimal"),
        Arguments.of(Scalar.INT, 5.5, "the float64 5.5"),
        Arguments.of(Scalar.INT, -0.0, "the float64 -0.0"),
        Arguments.of(Scalar.INT, Double.NaN, "NaN"),
        Arguments.of(Scalar.INT, Double.POSITIVE_INFINITY, "Infinity"),
        Arguments.of(Scalar.INT, true, "a Bool"),
        Arguments.of(Scalar.INT, null, "a Null"),
        Arguments.of(Scalar.TEXT, 5, "the integer 5"),
        Arguments.of(Scalar.TEXT, new byte[0], "a Bytes"),
        Arguments.of(Scalar.BOOL, 1, "declared as bool"),
        Arguments.of(Scalar.BOOL, SECRET, "a Secret"),
        Arguments.of(Scalar.DECIMAL, 1, "declared as decimal"),
        Arguments.of(Scalar.BYTES, "AAEC", "declared as bytes"),
        Arguments.of(Scalar.TIMESTAMP, "2026-01-02T03:04:05Z", "declared as timestamp"),
        Arguments.of(new ListType(Scalar.INT), Map.of(), "must be a list"),
        Arguments.of(new ListType(Scalar.INT), null, "must be a list"),
        Arguments.of(new MapType(Scalar.INT), List.of(), "must be a map"),
        Arguments.of(RECORD, List.of(), "must be a map"),
        Arguments.of(new EnumType(List.of("A")), "C", "one of [A]"),
        Arguments.of(new EnumType(List.of("A")), SECRET, "one of [A]"),
        Arguments.of(new ArtifactType("Data"), MODEL, "an artifact of type Data"),
        Arguments.of(new ArtifactType("Model"), "s3://b/k", "an artifact of type Model"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aValueOfAnotherTypeIsRefusedAndNeverConverted(ValueType type, Object given, String problem) {
    assertRefused("inputs.x", problem, () -> bring(type, given));
  }

  @Test
  void aRefusalNamesThePlaceInsideTheValue() {
    assertRefused("inputs.x.f", "missing", () -> bring(RECORD, Map.of("o", 1)));
    assertRefused("inputs.x.g", "no such field", () -> bring(RECORD, Map.of("f", 1, "g", 1)));
    assertRefused(
        "inputs.x[1].k",
        "declared as int",
        () ->
            bring(
                new ListType(new MapType(Scalar.INT)), List.of(Map.of("k", 1), Map.of("k", "1"))));
  }

  @Test
  void anAbsentInputIsItsDefaultBroughtToTheType() {
    Map<String, InputSpec> declared =
        Map.of("x", InputSpec.withDefault(Scalar.FLOAT64, InputValue.of(5)));
    assertThat(bind(declared, Map.of())).isEqualTo(InputValue.of(Map.of("x", 5.0)));
    assertThat(bind(declared, Map.of("x", 7))).isEqualTo(InputValue.of(Map.of("x", 7.0)));
  }

  @Test
  void aDefaultOfNullIsADefault() {
    Map<String, InputSpec> declared =
        Map.of("x", InputSpec.withDefault(new OptionalType(Scalar.INT), InputValue.Null.NULL));
    assertThat(bind(declared, Map.of()).entries()).containsEntry("x", InputValue.Null.NULL);
  }

  @Test
  void anAbsentOptionalInputStaysAbsentAndIsNotNull() {
    Map<String, InputSpec> declared = Map.of("x", InputSpec.optional(Scalar.INT));
    assertThat(bind(declared, Map.of())).isEqualTo(MapValue.EMPTY);
    assertRefused(
        "inputs.x",
        "declared as int",
        () -> bind(declared, Map.of("x", InputValue.of(Optional.empty()))));
  }

  @Test
  void aMissingInputIsRefused() {
    Map<String, InputSpec> declared = Map.of("x", InputSpec.required(Scalar.INT));
    assertRefused("inputs.x", "missing", () -> bind(declared, Map.of()));
    assertRefused("inputs.x", "missing", () -> bind(declared, Map.of(), "x"));
  }

  @Test
  void anUndeclaredInputIsRefusedUnlessNothingIsDeclared() {
    Map<String, InputSpec> declared = Map.of("x", InputSpec.optional(Scalar.INT));
    assertRefused("inputs.y", "it declares [x]", () -> bind(declared, Map.of("y", 1)));
    assertThat(bind(Map.of(), Map.of("y", 1))).isEqualTo(InputValue.of(Map.of("y", 1)));
  }

  @Test
  void anIgnoredInputIsLeftOutButCheckedLikeTheOthers() {
    Map<String, InputSpec> declared = Map.of("x", InputSpec.required(Scalar.INT));
    assertThat(bind(declared, Map.of("x", 1), "x")).isEqualTo(MapValue.EMPTY);
    assertThat(bind(Map.of(), Map.of("a", 1, "b", 2), "b"))
        .isEqualTo(InputValue.of(Map.of("a", 1)));
    assertRefused("inputs.x", "declared as int", () -> bind(declared, Map.of("x", "1"), "x"));
  }

  @Test
  void anIgnoredInputThatNobodyKnowsIsRefused() {
    assertRefused("ignoredInputs", "no input \"z\"", () -> bind(Map.of(), Map.of("a", 1), "z"));
  }

  @Test
  void aDefaultThatDoesNotFitIsRefusedWhenTheComponentIsBuilt() {
    InputSpec spec =
        InputSpec.withDefault(new ListType(Scalar.INT), InputValue.of(List.of(1, "2")));
    assertRefused(
        "component.inputs.x.default[1]",
        "declared as int",
        () -> ComponentSpec.builder().name("c").declaredInputs(Map.of("x", spec)).build());
  }

  @Test
  void aDeclaredTypeHasNoRefs() {
    assertRefused(
        "type.list.ref",
        "no definition \"A\"",
        () -> InputSpec.required(new ListType(new ValueType.RefType("A"))));
  }
}

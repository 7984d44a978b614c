package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.TypeToken;
import dev.taskcache.key.InputValue.MapValue;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of every known Java type, and the way there and back. */
class ResultTypeTest {
  private enum Mode {
    FAST,
    EXACT
  }

  private record Row(int a, String b) {}

  private record Page<T>(List<T> rows, Optional<T> last) {}

  private record Tree(String name, List<Tree> children, Optional<Tree> parent) {}

  private record Even(Optional<Odd> next) {}

  private record Odd(int n, Optional<Even> next) {}

  private record Empty() {}

  private record Maps(Map<Mode, Row> byMode, Map<String, Set<Integer>> sets) {}

  private static Arguments type(TypeToken<?> type, String schema, Object result) {
    return Arguments.of(type.getType(), schema, result);
  }

  private static Arguments type(Type type, String schema, Object result) {
    return Arguments.of(type, schema, result);
  }

  private static final String ROW = "{\"record\":{\"a\":\"int\",\"b\":\"text\"}}";

  static Stream<Arguments> types() {
    Row row = new Row(1, "x");
    return Stream.of(
        type(String.class, "\"text\"", "é"),
        type(CharSequence.class, "\"text\"", "x"),
        type(Boolean.class, "\"bool\"", true),
        type(boolean.class, "\"bool\"", false),
        type(Byte.class, "\"int\"", (byte) -128),
        type(Short.class, "\"int\"", (short) 300),
        type(Integer.class, "\"int\"", Integer.MIN_VALUE),
        type(int.class, "\"int\"", 1),
        type(Long.class, "\"int\"", Long.MAX_VALUE),
        type(BigInteger.class, "\"int\"", BigInteger.TWO.pow(100)),
        type(Double.class, "\"float64\"", -0.0),
        type(Double.class, "\"float64\"", Double.NaN),
        type(Float.class, "\"float64\"", 0.1f),
        type(Float.class, "\"float64\"", Float.NaN),
        type(Float.class, "\"float64\"", Float.NEGATIVE_INFINITY),
        type(BigDecimal.class, "\"decimal\"", new BigDecimal("-1.5")),
        type(Instant.class, "\"timestamp\"", Instant.parse("2026-01-02T03:04:05.000000001Z")),
        type(Mode.class, "{\"enum\":[\"FAST\",\"EXACT\"]}", Mode.EXACT),
        type(Row.class, ROW, row),
        type(Empty.class, "{\"record\":{}}", new Empty()),
        type(Object.class, "\"any\"", Arrays.asList("a", 1L, 0.5, null, Map.of("k", true))),
        type(Object.class, "\"any\"", Map.of("i", BigInteger.TWO.pow(64), "d", BigDecimal.ONE)),
        type(InputValue.class, "\"any\"", new InputValue.Secret("db", "1")),
        type(
            InputValue.Artifact.class,
            "\"any\"",
            new InputValue.Artifact("T", null, "s3://b/k", MapValue.EMPTY)),
        type(new TypeToken<Optional<String>>() {}, "{\"optional\":\"text\"}", Optional.of("x")),
        type(new TypeToken<Optional<String>>() {}, "{\"optional\":\"text\"}", Optional.empty()),
        type(new TypeToken<List<Row>>() {}, "{\"list\":" + ROW + "}", List.of(row, row)),
        type(new TypeToken<List<? extends Row>>() {}, "{\"list\":" + ROW + "}", List.of(row)),
        type(new TypeToken<Iterable<Row>>() {}, "{\"list\":" + ROW + "}", List.of(row)),
        type(List.class, "{\"list\":\"any\"}", List.of("a", 1L)),
        type(
            new TypeToken<Set<Mode>>() {},
            "{\"list\":{\"enum\":[\"FAST\",\"EXACT\"]}}",
            Set.of(Mode.FAST, Mode.EXACT)),
        type(new TypeToken<Map<Mode, Row>>() {}, "{\"map\":" + ROW + "}", Map.of(Mode.FAST, row)),
        type(
            new TypeToken<Map<String, Optional<Long>>>() {},
            "{\"map\":{\"optional\":\"int\"}}",
            Map.of("a", Optional.of(1L), "b", Optional.empty())),
        type(
            Maps.class,
            "{\"record\":{\"sets\":{\"map\":{\"list\":\"int\"}},\"byMode\":{\"map\":" + ROW + "}}}",
            new Maps(Map.of(Mode.EXACT, row), Map.of("s", Set.of(3, 1, 2)))),
        type(
            new TypeToken<Page<Row>>() {},
            "{\"record\":{\"last\":{\"optional\":" + ROW + "},\"rows\":{\"list\":" + ROW + "}}}",
            new Page<>(List.of(row), Optional.empty())),
        type(
            new TypeToken<Page<Page<Mode>>>() {},
            "{\"record\":{\"last\":{\"optional\":P},\"rows\":{\"list\":P}}}"
                .replace("P", "{\"record\":{\"last\":{\"optional\":E},\"rows\":{\"list\":E}}}")
                .replace("E", "{\"enum\":[\"FAST\",\"EXACT\"]}"),
            new Page<>(
                List.of(new Page<>(List.of(Mode.FAST), Optional.of(Mode.EXACT))),
                Optional.of(new Page<>(List.of(), Optional.empty())))));
  }

  @ParameterizedTest
  @MethodSource("types")
  void aTypeHasItsSchemaAndItsResultsComeBackEqual(Type type, String schema, Object result) {
    ResultType<Object> known = ResultType.of(type);
    assertThat(known.schema()).hasToString("{\"result\":" + schema + "}");
    assertThat(known.decode(known.encode(result))).isEqualTo(result);
    assertThat(known.isInstance(result)).isTrue();
  }

  private static Object roundTrip(Type type, Object result) {
    ResultType<Object> known = ResultType.of(type);
    return known.decode(known.encode(result));
  }

  @Test
  void arraysComeBackAsArraysOfTheirElements() {
    byte[] bytes = {0, 1, -1};
    Row[] rows = {new Row(1, "x"), null};
    int[][] matrix = {{1, 2}, {}};
    assertThat(ResultType.of(byte[].class).schema()).hasToString("{\"result\":\"bytes\"}");
    assertThat(roundTrip(byte[].class, bytes)).isEqualTo(bytes);
    assertThat(roundTrip(Row[].class, rows)).isEqualTo(rows);
    assertThat(roundTrip(int[][].class, matrix)).isEqualTo(matrix);
    assertThat(roundTrip(boolean[].class, new boolean[] {true})).isEqualTo(new boolean[] {true});
  }

  @Test
  void anArrayOfAGenericTypeKeepsItsArguments() {
    Type type = new TypeToken<List<Row>[]>() {}.getType();
    List<?>[] rows = {List.of(new Row(1, "x"))};
    assertThat(ResultType.of(type).schema())
        .hasToString("{\"result\":{\"list\":{\"list\":" + ROW + "}}}");
    assertThat(roundTrip(type, rows)).isEqualTo(rows);
  }

  @Test
  void aRecursiveRecordComesBackWhole() {
    Tree leaf = new Tree("leaf", List.of(), Optional.empty());
    Tree tree = new Tree("root", List.of(leaf, leaf), Optional.of(leaf));
    assertThat(roundTrip(Tree.class, tree)).isEqualTo(tree);
    assertThat(ResultType.of(Tree.class).schema())
        .hasToString(
            "[{\"result\":{\"ref\":\"0\"}},{\"0\":{\"record\":{\"name\":\"text\","
                + "\"parent\":{\"optional\":{\"ref\":\"0\"}},\"children\":{\"list\":{\"ref\":\"0\"}}}}}]");
  }

  @Test
  void recordsThatContainEachOtherComeBackWhole() {
    Even even = new Even(Optional.of(new Odd(1, Optional.of(new Even(Optional.empty())))));
    assertThat(roundTrip(Even.class, even)).isEqualTo(even);
    assertThat(ResultType.of(Even.class).schema().definitions()).containsOnlyKeys("0", "1");
  }

  @Test
  void voidIsATaskWithoutOutputs() {
    ResultType<Void> type = ResultType.of(Void.class);
    assertThat(type.schema()).isEqualTo(OutputSchema.NONE);
    assertThat(type.encode(null)).isEqualTo(MapValue.EMPTY);
    assertThat(type.decode(MapValue.EMPTY)).isNull();
    assertThat(ResultType.of(void.class).schema()).isEqualTo(OutputSchema.NONE);
  }

  @Test
  void aNullResultIsTheValueNull() {
    ResultType<String> type = ResultType.of(String.class);
    assertThat(type.encode(null).entries())
        .containsExactly(Map.entry("result", InputValue.Null.NULL));
    assertThat(type.decode(type.encode(null))).isNull();
    assertThat(roundTrip(Row.class, new Row(1, null))).isEqualTo(new Row(1, null));
    List<String> withNull = Arrays.asList("a", null);
    assertThat(roundTrip(new TypeToken<List<String>>() {}.getType(), withNull)).isEqualTo(withNull);
  }

  @Test
  void anInstanceIsOneOfTheTypesClass() {
    assertThat(ResultType.of(Row.class).isInstance("x")).isFalse();
    assertThat(ResultType.of(Row.class).isInstance(null)).isFalse();
  }

  @Test
  void aSetKeepsItsElementsInTheOrderOfTheFormat() {
    Set<?> read =
        (Set<?>) roundTrip(new TypeToken<Set<String>>() {}.getType(), Set.of("aa", "c", "b"));
    assertThat(List.copyOf(read)).isEqualTo(List.of("b", "c", "aa"));
  }
}

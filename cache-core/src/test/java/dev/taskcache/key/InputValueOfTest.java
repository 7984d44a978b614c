package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue.Bool;
import dev.taskcache.key.InputValue.Bytes;
import dev.taskcache.key.InputValue.Decimal;
import dev.taskcache.key.InputValue.Float64;
import dev.taskcache.key.InputValue.Int;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.InputValue.Null;
import dev.taskcache.key.InputValue.Text;
import dev.taskcache.key.InputValue.Timestamp;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every accepted Java type becomes. */
class InputValueOfTest {
  private static final Instant INSTANT = Instant.parse("2026-01-02T02:04:05.120Z");

  private enum Mode {
    FAST {
      @Override
      public String toString() {
        return "not this";
      }
    },
    EXACT
  }

  private enum Spoken implements CharSequence {
    WORD;

    @Override
    public int length() {
      return 3;
    }

    @Override
    public char charAt(int index) {
      return "not".charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return "not".subSequence(start, end);
    }

    @Override
    public String toString() {
      return "not";
    }
  }

  private record Pair<A, B>(A first, B second) {}

  private record Config(int epochs, Optional<String> note, Pair<String, Mode> pair) {}

  private record Empty() {}

  static Stream<Arguments> scalars() {
    return Stream.of(
        Arguments.of(null, Null.NULL),
        Arguments.of(true, new Bool(true)),
        Arguments.of(Boolean.FALSE, new Bool(false)),
        Arguments.of((byte) -1, new Int(-1)),
        Arguments.of((short) 300, new Int(300)),
        Arguments.of(1, new Int(1)),
        Arguments.of(Long.MIN_VALUE, new Int(Long.MIN_VALUE)),
        Arguments.of(BigInteger.TEN.pow(40), new Int(BigInteger.TEN.pow(40))),
        Arguments.of(1.5f, new Float64(1.5)),
        Arguments.of(0.1f, new Float64(0.1f)),
        Arguments.of(0.1, new Float64(0.1)),
        Arguments.of(-0.0, new Float64(-0.0)),
        Arguments.of(Double.NaN, new Float64(Double.NaN)),
        Arguments.of(new BigDecimal("1.50"), new Decimal(new BigDecimal("1.5"))),
        Arguments.of("", new Text("")),
        Arguments.of(new StringBuilder("ab"), new Text("ab")),
        Arguments.of('x', new Text("x")),
        Arguments.of(Mode.FAST, new Text("FAST")),
        Arguments.of(Spoken.WORD, new Text("WORD")),
        Arguments.of(new byte[] {0, 1}, new Bytes(new byte[] {0, 1})),
        Arguments.of(INSTANT, new Timestamp(INSTANT)),
        Arguments.of(OffsetDateTime.parse("2026-01-02T03:04:05.12+01:00"), new Timestamp(INSTANT)),
        Arguments.of(
            ZonedDateTime.parse("2026-01-02T07:34:05.12+05:30[Asia/Colombo]"),
            new Timestamp(INSTANT)),
        Arguments.of(Optional.empty(), Null.NULL),
        Arguments.of(Optional.of("a"), new Text("a")),
        Arguments.of(Optional.of(Optional.of(1)), new Int(1)),
        Arguments.of(new Int(7), new Int(7)));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void aJavaObjectBecomesTheValueOfItsKind(Object object, InputValue value) {
    assertThat(InputValue.of(object)).isEqualTo(value);
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of(List.of(1, 2, 3)),
        Arguments.of(new ArrayDeque<>(List.of(1, 2, 3))),
        Arguments.of((Object) new int[] {1, 2, 3}),
        Arguments.of((Object) new long[] {1, 2, 3}),
        Arguments.of((Object) new short[] {1, 2, 3}),
        Arguments.of((Object) new Object[] {1, (byte) 2, 3L}),
        Arguments.of((Object) new Optional<?>[] {Optional.of(1), Optional.of(2), Optional.of(3)}));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void collectionsAndArraysBecomeListsInTheirOrder(Object object) {
    assertThat(InputValue.of(object))
        .isEqualTo(new ListValue(List.of(new Int(1), new Int(2), new Int(3))));
  }

  @Test
  void arraysOfOtherPrimitivesBecomeListsOfTheirKind() {
    assertThat(InputValue.of(new double[] {1})).isEqualTo(list(new Float64(1)));
    assertThat(InputValue.of(new float[] {0.5f})).isEqualTo(list(new Float64(0.5)));
    assertThat(InputValue.of(new boolean[] {true})).isEqualTo(list(new Bool(true)));
    assertThat(InputValue.of(new char[] {'a'})).isEqualTo(list(new Text("a")));
    assertThat(InputValue.of(new byte[][] {{1}})).isEqualTo(list(new Bytes(new byte[] {1})));
    assertThat(InputValue.of(new int[][] {{1}, {}})).isEqualTo(list(list(new Int(1)), list()));
  }

  @Test
  void nullsInListsMapsAndRecordsAreKept() {
    Map<String, Object> map = new TreeMap<>();
    map.put("a", null);
    assertThat(InputValue.of(Arrays.asList(1, null))).isEqualTo(list(new Int(1), Null.NULL));
    assertThat(InputValue.of(map)).isEqualTo(new MapValue(Map.of("a", Null.NULL)));
    assertThat(InputValue.of(new Pair<>(null, 1)))
        .isEqualTo(new MapValue(Map.of("first", Null.NULL, "second", new Int(1))));
  }

  @Test
  void aSetHasTheOrderOfItsElementsEncodings() {
    InputValue sorted = list(new Int(24), new Text("b"), new Text("aa"), new Float64(0));
    assertThat(InputValue.of(new LinkedHashSet<>(List.of(0.0, "aa", 24, "b")))).isEqualTo(sorted);
    assertThat(InputValue.of(new LinkedHashSet<>(List.of("b", 24, "aa", 0.0)))).isEqualTo(sorted);
  }

  @Test
  void aSetOfSetsDoesNotDependOnAnyOrderEither() {
    Set<Set<String>> one = new LinkedHashSet<>();
    one.add(new LinkedHashSet<>(List.of("a", "b")));
    one.add(new LinkedHashSet<>(List.of("c", "d", "e")));
    Set<Set<String>> other = new LinkedHashSet<>();
    other.add(new LinkedHashSet<>(List.of("e", "d", "c")));
    other.add(new LinkedHashSet<>(List.of("b", "a")));
    assertThat(InputValue.of(one)).isEqualTo(InputValue.of(other));
  }

  @Test
  void aListInAnotherOrderIsAnotherValue() {
    assertThat(InputValue.of(List.of("a", "b"))).isNotEqualTo(InputValue.of(List.of("b", "a")));
  }

  @Test
  void aMapMayHaveTextOrEnumKeysWhateverTheTextsClass() {
    MapValue expected = new MapValue(Map.of("FAST", new Int(1), "EXACT", new Int(2)));
    assertThat(InputValue.of(Map.of("EXACT", 2, "FAST", 1))).isEqualTo(expected);
    assertThat(InputValue.of(new EnumMap<>(Map.of(Mode.FAST, 1, Mode.EXACT, 2))))
        .isEqualTo(expected);
    assertThat(InputValue.of(Map.of(new StringBuilder("FAST"), 1, Mode.EXACT, 2)))
        .isEqualTo(expected);
  }

  @Test
  void aMapIteratesInTheOrderOfTheFormatWhateverItsOwnOrderWas() {
    MapValue map = (MapValue) InputValue.of(new TreeMap<>(Map.of("aa", 1, "b", 2, "é", 3)));
    assertThat(map.entries().keySet()).containsExactly("b", "aa", "é");
  }

  @Test
  void aRecordIsTheMapOfItsComponents() {
    Config config = new Config(3, Optional.of("n"), new Pair<>("x", Mode.FAST));
    assertThat(InputValue.of(config))
        .isEqualTo(
            InputValue.of(
                Map.of("epochs", 3, "note", "n", "pair", Map.of("first", "x", "second", "FAST"))));
    assertThat(InputValue.of(new Empty())).isEqualTo(MapValue.EMPTY);
  }

  @Test
  void anEmptyOptionalComponentIsAbsentAndANullOneIsNot() {
    MapValue absent = (MapValue) InputValue.of(new Config(3, Optional.empty(), null));
    assertThat(absent.entries()).containsOnlyKeys("epochs", "pair");
  }

  private static ListValue list(InputValue... elements) {
    return new ListValue(List.of(elements));
  }
}

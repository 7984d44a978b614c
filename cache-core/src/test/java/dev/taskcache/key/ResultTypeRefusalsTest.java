package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;

import com.google.common.reflect.TypeToken;
import dev.taskcache.key.InputValue.Float64;
import dev.taskcache.key.InputValue.Int;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.InputValue.Null;
import dev.taskcache.key.InputValue.Text;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Java types without a schema, and values that do not fit a type. */
class ResultTypeRefusalsTest {
  private enum Mode {
    FAST
  }

  private enum Nothing {}

  private record Row(int a, Thread b) {}

  private record Report(List<Row> rows) {}

  private record ByNumber(Map<Integer, String> map) {}

  private record Bytewise(byte[] fine, Map<String, Thread> map) {}

  private record Unnamed(Nothing nothing) {}

  private record Twice(Optional<Optional<String>> note) {}

  private record Growing<T>(Optional<Growing<List<T>>> next) {}

  private record Point(int x, Optional<String> note) {}

  private record Positive(int n) {
    Positive {
      if (n <= 0) {
        throw new IllegalArgumentException("not positive: " + n);
      }
    }
  }

  private static void noSchema(String path, String problem, Type type) {
    assertRefused(path, problem, () -> ResultType.of(type));
  }

  private static void unfit(String path, String problem, Type type, InputValue value) {
    MapValue outputs = new MapValue(Map.of(ResultType.OUTPUT, value));
    assertRefused(path, problem, () -> ResultType.of(type).decode(outputs));
  }

  private static MapValue map(Object... entries) {
    return new MapValue(
        entries.length == 2
            ? Map.of((String) entries[0], InputValue.of(entries[1]))
            : Map.of(
                (String) entries[0],
                InputValue.of(entries[1]),
                (String) entries[2],
                InputValue.of(entries[3])));
  }

  @Test
  void aTypeThatIsNotKnownIsRefusedAtItsPlaceInTheType() {
    noSchema("Report.rows[].b", "java.lang.Thread", Report.class);
    noSchema("Bytewise.map[]", "java.lang.Thread", Bytewise.class);
    noSchema("Thread", "java.lang.Thread", Thread.class);
    noSchema("List[].rows[].b", "java.lang.Thread", new TypeToken<List<Report>>() {}.getType());
  }

  @Test
  void aMapWithOtherKeysThanTextsAndEnumsIsRefused() {
    noSchema("ByNumber.map", "texts or enums, not java.lang.Integer", ByNumber.class);
  }

  @Test
  void anEnumWithoutNamesIsRefusedAtItsPlace() {
    noSchema("Unnamed.nothing", "at least one name", Unnamed.class);
  }

  @Test
  void anOptionalOfAnOptionalIsRefusedAsItWouldNotComeBack() {
    noSchema("Twice.note", "optional of an optional", Twice.class);
  }

  @Test
  void aRecordThatContainsEverLargerFormsOfItselfIsRefused() {
    assertRefused(
        "Growing" + ".next".repeat(30), "ever larger forms", () -> ResultType.of(Growing.class));
  }

  @Test
  void anIntegerThatOverflowsIsRefused() {
    unfit("outputs.result", "does not fit int", int.class, new Int(1L << 31));
    unfit("outputs.result", "does not fit Byte", Byte.class, new Int(128));
    unfit("outputs.result", "does not fit short", short.class, new Int(-32_769));
    unfit("outputs.result.x", "does not fit int", Point.class, map("x", 1L << 31, "note", "n"));
  }

  @Test
  void aFloatThatWouldBeRoundedIsRefused() {
    unfit("outputs.result", "does not fit float", Float.class, new Float64(0.1));
  }

  @Test
  void aMissingComponentIsRefused() {
    unfit("outputs.result.x", "missing", Point.class, map("note", "n"));
  }

  @Test
  void anUnknownComponentIsRefused() {
    unfit("outputs.result", "not a Point with [x, note]", Point.class, map("x", 1, "y", 1));
  }

  @Test
  void aValueOfAnotherFormIsRefused() {
    unfit("outputs.result", "type \"int\" cannot be read from a Text", int.class, new Text("1"));
    unfit("outputs.result", "not a Point", Point.class, new Text("1"));
    unfit("outputs.result.note", "from a Int", Point.class, map("x", 1, "note", 2));
    unfit("outputs.result", "{\"enum\":[\"FAST\"]}", Mode.class, new Text("SLOW"));
    unfit("outputs.result", "from a Text", int[].class, new Text("1"));
    unfit(
        "outputs.result[1]",
        "from a Text",
        long[].class,
        (ListValue) InputValue.of(List.of(1, "2")));
    Type byMode = new TypeToken<Map<Mode, Integer>>() {}.getType();
    unfit("outputs.result", "from a Int", byMode, new Int(1));
    unfit("outputs.result.SLOW", "{\"enum\":[\"FAST\"]}", byMode, map("SLOW", 1));
    unfit("outputs.result.FAST", "from a Text", byMode, map("FAST", "1"));
  }

  @Test
  void aNullWhereThereIsNoneIsRefused() {
    unfit("outputs.result", "Point cannot be made", Point.class, map("x", null));
    unfit(
        "outputs.result[0]",
        "null does not fit int",
        int[].class,
        new ListValue(List.of(Null.NULL)));
  }

  @Test
  void aConstructorThatThrowsIsRefusedWithItsReason() {
    unfit("outputs.result", "not positive: -1", Positive.class, map("n", -1));
  }

  @Test
  void outputsOfOtherNamesAreRefused() {
    assertRefused(
        "outputs", "[other]", () -> ResultType.of(String.class).decode(map("other", "x")));
    assertRefused("outputs", "[]", () -> ResultType.of(String.class).decode(MapValue.EMPTY));
    assertRefused("outputs", "[x]", () -> ResultType.of(Void.class).decode(map("x", 1)));
  }

  @Test
  void aResultThatCannotBeEncodedIsRefusedAtItsPlace() {
    ResultType<Object> any = ResultType.of(Object.class);
    assertRefused(
        "outputs.result.k[0]",
        "java.lang.Thread",
        () -> any.encode(Map.of("k", List.of(new Thread()))));
  }
}

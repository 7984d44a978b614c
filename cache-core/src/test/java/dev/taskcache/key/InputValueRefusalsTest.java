package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What has no encoding, and the place that its refusal names. */
class InputValueRefusalsTest {
  private static final Place INPUTS = Place.of("inputs");

  private record Layer(Object size) {}

  private record Failing(String secret) {
    @Override
    public String secret() {
      throw new IllegalStateException("vault is shut");
    }
  }

  private record Meddling(Map<String, Object> map) {
    @Override
    public Map<String, Object> map() {
      map.put("later", 1);
      return Map.of();
    }
  }

  private static void refused(String path, String problem, Object object) {
    assertRefused(path, problem, () -> InputValue.of(object, INPUTS));
  }

  @Test
  void anUnknownClassIsRefusedWhereItStands() {
    List<Object> layers = List.of(1, 2, 3, new Thread());
    refused(
        "inputs.config.layers[3]", "java.lang.Thread", Map.of("config", Map.of("layers", layers)));
    refused("inputs.a.size", "java.lang.Object", Map.of("a", new Layer(new Object())));
    refused("inputs[0][1]", "java.lang.Thread", new Object[][] {{1, new Thread()}});
    refused("inputs[\"a b\"]", "java.lang.Thread", Map.of("a b", Optional.of(new Thread())));
  }

  @Test
  void aListThatContainsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(Map.of("k", list));
    refused("inputs", "contains itself", list);
  }

  @Test
  void aHundredThousandNestedListsAreRefused() {
    Object value = 1;
    for (int i = 0; i < 100_000; i++) {
      value = List.of(value);
    }
    refused("inputs", "nested deeper", value);
  }

  @Test
  void aHundredThousandNestedMapsAreRefused() {
    Object value = 1;
    for (int i = 0; i < 100_000; i++) {
      value = Map.of("k", value);
    }
    refused("inputs", "nested deeper", value);
  }

  private static Object nested(int levels, UnaryOperator<Object> around) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = around.apply(value);
    }
    return value;
  }

  @Test
  void aThousandLevelsAreReadAndOneMoreIsRefusedInEveryForm() {
    List<UnaryOperator<Object>> forms =
        List.of(List::of, value -> Map.of("k", value), Layer::new, Set::of, v -> new Object[] {v});
    for (UnaryOperator<Object> form : forms) {
      assertThat(ValueDigest.of(InputValue.of(nested(1_000, form))).bytes()).isGreaterThan(1_000);
      refused("inputs", "nested deeper", nested(1_001, form));
    }
  }

  @Test
  void aHundredThousandOptionalsAroundAnUnknownClassAreRefusedAtTheirPlace() {
    Object value = new Thread();
    for (int i = 0; i < 100_000; i++) {
      value = Optional.of(value);
    }
    refused("inputs.a", "java.lang.Thread", Map.of("a", value));
  }

  @Test
  void listsAndOptionalsInTurnsAreRefusedToo() {
    Object value = 1;
    for (int i = 0; i < 100_000; i++) {
      value = Optional.of(List.of(value));
    }
    refused("inputs", "nested deeper", value);
  }

  @Test
  void aMapThatChangesWhileItIsReadIsRefused() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", new Meddling(map));
    map.put("b", 1);
    refused("inputs.config", "ConcurrentModificationException", Map.of("config", map));
  }

  @Test
  void anAccessorThatThrowsIsRefusedWithItsReason() {
    refused("inputs.a.secret", "vault is shut", Map.of("a", new Failing("x")));
  }

  @Test
  void aTextThatThrowsIsRefused() {
    CharSequence failing =
        new CharSequence() {
          @Override
          public int length() {
            return 0;
          }

          @Override
          public char charAt(int index) {
            throw new IllegalStateException("closed");
          }

          @Override
          public CharSequence subSequence(int start, int end) {
            return this;
          }

          @Override
          public String toString() {
            throw new IllegalStateException("closed");
          }
        };
    refused("inputs[1]", "closed", List.of(1, failing));
  }

  @Test
  void aLoneSurrogateIsRefusedInATextAndInAMapsKey() {
    refused("inputs.a[1]", "lone surrogate at index 1", Map.of("a", List.of("", "x\ud800")));
    refused("inputs.a", "lone surrogate at index 0", Map.of("a", Map.of("\udc00x", 1)));
    refused("inputs", "lone surrogate", "\ud800\ud800\udc00");
    refused("inputs", "lone surrogate", '\udc00');
  }

  @Test
  void aKeyThatIsNoTextIsRefused() {
    Map<Object, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    refused("inputs.a", "not java.lang.Integer", Map.of("a", Map.of(1, 2)));
    refused("inputs", "not null", nullKey);
  }

  @Test
  void twoKeysOfOneTextAreRefused() {
    refused("inputs.x.k", "same text", Map.of("x", Map.of("k", 1, new StringBuilder("k"), 1)));
  }

  @Test
  void aDecimalsExponentHasALimit() {
    refused("inputs.d", "exponent", Map.of("d", new BigDecimal(BigInteger.ONE, 1_000_000_000)));
    refused("inputs.d", "exponent", Map.of("d", new BigDecimal(BigInteger.ONE, -1_000_000_000)));
    refused("inputs.d", "exponent", Map.of("d", new BigDecimal(BigInteger.TEN, -999_999_999)));
    refused("inputs.d", "exponent", Map.of("d", new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE)));
  }

  @Test
  void aTimestampsYearHasLimits() {
    refused("inputs.t", "0000 to 9999", Map.of("t", Instant.parse("+10000-01-01T00:00:00Z")));
    refused(
        "inputs.t", "0000 to 9999", Map.of("t", Instant.parse("-0001-12-31T23:59:59.999999999Z")));
    refused("inputs.t", "0000 to 9999", Map.of("t", Instant.MAX));
  }

  @Test
  void anElementOfASetThatNestsTooDeepIsRefusedAtTheSet() {
    InputValue deep = InputValue.Null.NULL;
    for (int i = 0; i < 1_001; i++) {
      deep = new InputValue.ListValue(List.of(deep));
    }
    Object value = deep;
    refused("inputs.a", "nested deeper", Map.of("a", Set.of(new Layer(value))));
  }

  @Test
  void aNameInAPathIsWrittenSoThatItCanBeRead() {
    Map<String, Object> map = new TreeMap<>(Map.of("a.b\"c\\", new Object()));
    refused("inputs[\"a.b\\\"c\\\\\"]", "java.lang.Object", map);
  }
}

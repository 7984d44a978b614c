package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for all values, tried on many; a failure names the seed of its value. */
class ValuePropertiesTest {
  private static final int ROUNDS = 3_000 * Integer.getInteger("taskcache.tests.scale", 1);
  private static final int DEPTH = 4;

  private static String encoding(InputValue value) {
    return HexFormat.of().formatHex(CanonicalWriter.encode(value));
  }

  private static LongStream seeds() {
    return LongStream.range(0, ROUNDS);
  }

  @Test
  void valuesAreEqualIfAndOnlyIfTheirEncodingsAre() {
    Map<String, InputValue> byEncoding = new HashMap<>();
    Map<InputValue, String> byValue = new HashMap<>();
    seeds()
        .forEach(
            seed -> {
              InputValue value = new RandomValues(seed).value(1);
              String encoding = encoding(value);
              assertThat(byEncoding.computeIfAbsent(encoding, any -> value))
                  .as("seed %d", seed)
                  .isEqualTo(value)
                  .hasSameHashCodeAs(value);
              assertThat(byValue.computeIfAbsent(value, any -> encoding))
                  .as("seed %d", seed)
                  .isEqualTo(encoding);
            });
    assertThat(byValue).as("values that came up again").hasSizeLessThan(ROUNDS * 9 / 10);
  }

  @Test
  void theOrderInWhichAMapWasPutTogetherDoesNotMatter() {
    seeds()
        .forEach(
            seed -> {
              RandomValues random = new RandomValues(seed);
              InputValue value = random.value(DEPTH);
              InputValue reordered = random.reordered(value);
              assertThat(reordered).as("seed %d", seed).isEqualTo(value);
              assertThat(encoding(reordered)).as("seed %d", seed).isEqualTo(encoding(value));
            });
  }

  @Test
  void anEditInOnePlaceChangesTheEncoding() {
    seeds()
        .forEach(
            seed -> {
              RandomValues random = new RandomValues(seed);
              InputValue value = random.value(DEPTH);
              InputValue edited = random.edited(value);
              assertThat(edited).as("seed %d", seed).isNotEqualTo(value);
              assertThat(encoding(edited)).as("seed %d", seed).isNotEqualTo(encoding(value));
            });
  }

  @Test
  void aValueIsReadBackFromItsJson() {
    seeds()
        .forEach(
            seed -> {
              InputValue value = new RandomValues(seed).value(DEPTH);
              String json = JsonForm.write(value);
              assertThat(JsonForm.read(json)).as("seed %d: %s", seed, json).isEqualTo(value);
              assertThat(json).as("seed %d", seed).doesNotContain("\n");
            });
  }

  @Test
  void aValueStaysItselfAsAJavaObject() {
    seeds()
        .forEach(
            seed -> {
              InputValue value = new RandomValues(seed).value(DEPTH);
              ResultType<Object> any = ResultType.of(Object.class);
              InputValue.MapValue outputs =
                  new InputValue.MapValue(Map.of(ResultType.OUTPUT, value));
              assertThat(any.encode(any.decode(outputs))).as("seed %d", seed).isEqualTo(outputs);
            });
  }
}

package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.InputValue.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values as JSON; random ones are in {@link ValuePropertiesTest}. */
class JsonFormTest {
  static Stream<Arguments> written() {
    return Stream.of(
        Arguments.of(null, "null"),
        Arguments.of(BigInteger.TEN.pow(20), "100000000000000000000"),
        Arguments.of(1.0, "1.0"),
        Arguments.of(-0.0, "-0.0"),
        Arguments.of(Double.NEGATIVE_INFINITY, "{\"$float\":\"-Infinity\"}"),
        Arguments.of(new BigDecimal("100"), "{\"$decimal\":\"1e+2\"}"),
        Arguments.of(new byte[] {0, 1, 2}, "{\"$bytes\":\"AAEC\"}"),
        Arguments.of(Instant.EPOCH, "{\"$timestamp\":\"1970-01-01T00:00:00Z\"}"),
        Arguments.of(Map.of("b", 1, "aa", "x"), "{\"b\":1,\"aa\":\"x\"}"),
        Arguments.of(Map.of("$ref", 1), "{\"$$ref\":1}"),
        Arguments.of(
            new InputValue.Secret("db", "3"), "{\"$secret\":{\"name\":\"db\",\"version\":\"3\"}}"),
        Arguments.of(
            new InputValue.Artifact("T", null, "u", new MapValue(Map.of("$m", new Text("v")))),
            "{\"$artifact\":{\"uri\":\"u\",\"type\":\"T\",\"metadata\":{\"$$m\":\"v\"}}}"));
  }

  @ParameterizedTest
  @MethodSource("written")
  void aValueIsWrittenOnOneLineAndReadBack(Object object, String json) {
    InputValue value = InputValue.of(object);
    assertThat(JsonForm.write(value)).isEqualTo(json);
    assertThat(JsonForm.read(json)).isEqualTo(value);
  }

  @Test
  void parsingAloneLeavesDollarKeysAlone() {
    assertThat(JsonForm.parse("{\"$decimal\":\"1\"}"))
        .isEqualTo(new MapValue(Map.of("$decimal", new Text("1"))));
  }

  @Test
  void whatIsNotJsonIsRefusedWithLineAndColumnAndNoPath() {
    assertRefused("", "line 2, column 5", () -> JsonForm.parse("{\"a\":1,\n\"b\":x}"));
    assertRefused("", "ends too early", () -> JsonForm.parse(""));
    assertRefused("", "more after the end", () -> JsonForm.parse("1 2"));
    assertRefused("", "not JSON", () -> JsonForm.parse("[1"));
  }

  @Test
  void aDuplicateKeyIsRefusedAtItsPlace() {
    assertRefused(
        "a[1].k", "duplicate", () -> JsonForm.parse("{\"a\":[1,{\"k\":1,\"\\u006b\":2}]}"));
  }

  @Test
  void aLoneSurrogateInAKeyIsRefusedAtItsObject() {
    assertRefused("a", "surrogate", () -> JsonForm.parse("{\"a\":{\"b\":1,\"\\ud83d\":1}}"));
    assertRefused("a", "surrogate", () -> JsonForm.parse("{\"a\":{\"b\":[1],\"\\udc00x\":1}}"));
    assertRefused("a", "surrogate", () -> JsonForm.parse("{\"a\":{\"b\":1,\"\ud83d\":1}}"));
    assertRefused("a[1]", "surrogate", () -> JsonForm.parse("{\"a\":[1,\"\\ud83d\"]}"));
  }

  @Test
  void aNumberBeyondAFloat64IsRefused() {
    assertRefused("[1]", "$decimal", () -> JsonForm.parse("[1,-1e400]"));
  }
}

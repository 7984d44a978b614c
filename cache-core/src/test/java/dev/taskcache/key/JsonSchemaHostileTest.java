package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas made to exhaust whoever reads them. Each is read on a stack of the usual size. */
class JsonSchemaHostileTest {
  private static final int USUAL_STACK = 1024 * 1024;

  private static OutputSchema read(String schema) {
    AtomicReference<OutputSchema> read = new AtomicReference<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                read.set(OutputSchema.ofJsonSchema("o", schema.replace('\'', '"')));
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            "reader",
            USUAL_STACK);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          thread.start();
          thread.join();
        });
    if (thrown.get() instanceof InvalidRequestException refused) {
      throw refused;
    }
    assertThat(thrown.get()).isNull();
    return read.get();
  }

  private static void assertRefused(String schema, String path, String problem) {
    assertThatThrownBy(() -> read(schema))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(path)
        .hasMessageContaining(problem);
  }

  private static String nested(int depth, String before, String after) {
    return before.repeat(depth) + "{'type': 'string'}" + after.repeat(depth);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'array', 'items': |}",
        "{'items': |}",
        "{'not': |}",
        "{'type': 'object', 'properties': {'a': |}}",
        "{'type': 'object', 'properties': {'a': |}, 'required': ['a'], 'additionalProperties': false}",
        "{'type': 'object', 'additionalProperties': |}",
        "{'allOf': [|]}",
        "{'minLength': 1, 'allOf': [{'minLength': 3}, |]}",
        "{'anyOf': [|]}",
        "{'anyOf': [|, {'type': 'null'}]}",
        "{'oneOf': [|, {'minLength': 3}]}",
        "{'prefixItems': [|]}",
        "{'patternProperties': {'a': |}}",
        "{'dependentSchemas': {'a': |}}",
        "{'if': |, 'then': {'minLength': 3}}"
      })
  void deepNestingIsReadOrRefused(String level) {
    String before = level.substring(0, level.indexOf('|'));
    String after = level.substring(level.indexOf('|') + 1);
    assertThat(read(nested(199, before, after)).document()).isNotEmpty();
  }

  @Test
  void deeperNestingIsRefused() {
    for (int depth : new int[] {201, 1_000, 2_000}) {
      assertRefused(nested(depth, "{'items': ", "}"), "outputs.o.items.items", "deeper than 200");
    }
    assertRefused(
        nested(1_000, "{'allOf': [", "]}"), "outputs.o.allOf[0].allOf", "deeper than 200");
    assertRefused(nested(3_000, "{'items': ", "}"), "outputs.o.items", "limit");
    assertRefused(
        "{'enum': [" + "[".repeat(1_500) + "]".repeat(1_500) + "]}",
        "outputs.o.enum[0]",
        "nested deeper");
    assertRefused("{'default': " + "[".repeat(100_000), "outputs.o.default", "limit");
  }

  @Test
  void manyDefinitionsAreReadOrRefused() {
    String chain = definitions(10_000, i -> i == 9_999 ? "{'type': 'string'}" : ref(i + 1));
    assertThat(read("{'$ref': '#/$defs/d0'" + chain)).isEqualTo(read("{'type': 'string'}"));
    String unused = definitions(10_000, i -> "{'minLength': " + i + "}");
    assertThat(read("{'type': 'string'" + unused)).isEqualTo(read("{'type': 'string'}"));
    String ring =
        definitions(4_000, i -> "{'type': 'array', 'items': " + ref((i + 1) % 4_000) + "}");
    assertThat(read("{'$ref': '#/$defs/d0'" + ring).definitions()).hasSize(4_000);
    String large =
        definitions(10_001, i -> "{'type': 'array', 'items': " + ref((i + 1) % 10_001) + "}");
    assertRefused("{'$ref': '#/$defs/d0'" + large, "outputs.o.$defs.d", "more than 10000 types");
    String nest =
        definitions(
            5_000, i -> i == 4_999 ? "{}" : "{'type': 'array', 'items': " + ref(i + 1) + "}");
    assertRefused("{'$ref': '#/$defs/d0'" + nest, "outputs.o", "nested deeper");
  }

  private static String ref(int index) {
    return "{'$ref': '#/$defs/d" + index + "'}";
  }

  private static String definitions(int count, IntFunction<String> definition) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'d" + i + "': " + definition.apply(i))
        .collect(Collectors.joining(", ", ", '$defs': {", "}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"allOf", "anyOf", "oneOf"})
  void expansionsStopEarly(String keyword) {
    String doubling =
        definitions(
            60,
            i ->
                i == 59
                    ? "{'minLength': 3}"
                    : "{'%s': [%s, {'type': 'array', 'items': %s}]}"
                        .formatted(keyword, ref(i + 1), ref(i + 1)));
    assertRefused("{'$ref': '#/$defs/d0'" + doubling, "outputs", "more than 10000 types");
  }

  @Test
  void circlesOfRefsAreRefused() {
    String circle = definitions(10_000, i -> ref((i + 1) % 10_000));
    assertRefused("{'$ref': '#/$defs/d0'" + circle, "outputs.o.$defs.d", "only itself");
  }

  @Test
  void circlesThatAssertAreRead() {
    String self =
        "{'$ref': '#/$defs/a', '$defs': {'a': {'minLength': 3, 'allOf': [{'$ref': '#/$defs/a'}]}}}";
    assertThat(read(self).definitions()).hasSize(1);
    String maybe =
        "{'$ref': '#/$defs/a', '$defs': {'a': {'anyOf': [{'$ref': '#/$defs/a'}, {'type': 'null'}]}}}";
    InputValue.MapValue text = (InputValue.MapValue) InputValue.of(Map.of("o", "a"));
    assertThatThrownBy(() -> read(maybe).conform(text)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void manyAlternativesAndLongNumbersAreRefused() {
    String members =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{'minimum': " + i + "}")
            .collect(Collectors.joining(", "));
    assertRefused("{'oneOf': [" + members + "]}", "outputs.o", "more than 10000 types");
    assertRefused("{'minimum': " + "9".repeat(1_001) + "}", "outputs.o.minimum", "1000 characters");
    assertRefused(
        "{'enum': [1." + "0".repeat(90_000) + "]}", "outputs.o.enum[0]", "1000 characters");
    assertThat(read("{'enum': [1e999999999]}")).isNotEqualTo(read("{'enum': [1e999999998]}"));
  }

  @Test
  void notJsonIsRefused() {
    for (String text : new String[] {"", "{", "{} {}", "nul", "{'a'}", "[\"\\ud800\"]"}) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("outputs.o");
    }
  }
}

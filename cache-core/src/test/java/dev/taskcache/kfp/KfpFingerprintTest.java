package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KfpFingerprintTest {
  private static final KfpRelease AFTER = KfpRelease.AFTER;

  private static String text(String json) {
    return KfpFingerprint.fromJson(json, AFTER).text();
  }

  @Test
  void nullIsAbsentExceptWhereItIsAValue() {
    assertThat(
            text(
                "{\"customKey\": null, \"cacheKey\": {\"inputParameterValues\": {\"a\": null},"
                    + " \"outputArtifactsSpec\": {\"o\": {\"type\": {\"schemaTitle\": null,"
                    + " \"schemaUri\": \"u\"}, \"metadata\": null}}, \"containerSpec\": null}}"))
        .isEqualTo(
            "{\"containerSpec\":{},\"inputParameterValues\":{\"a\":null},"
                + "\"outputArtifactsSpec\":{\"o\":{\"type\":{\"schemaUri\":\"u\"}}}}");
  }

  @Test
  void aKeyOfOursHasTheSchemeOfItsEngine() {
    KfpFingerprint v1 = KfpFingerprint.ofTemplate("{}", null, AFTER);
    assertThat(v1.key().toString()).isEqualTo("kfp1:" + v1.fingerprint());
    KfpFingerprint v2 = KfpFingerprint.ofCustomKey("comp-a", "b");
    assertThat(v2.key().toString()).isEqualTo("kfp2:" + v2.fingerprint());
    assertThat(v2.isCustom()).isTrue();
    assertThat(v1.isCustom()).isFalse();
    assertThat(v1).hasToString(v1.fingerprint());
    v1.bytes()[0] = 'x';
    assertThat(v1.bytes()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    assertThat(v1)
        .isEqualTo(KfpFingerprint.fromJson("{\"template\": {\"name\": \"a\"}}", AFTER))
        .isNotEqualTo(v2);
  }

  @Test
  void theNamespaceIsInTheKeyOfATemplateAfter217() {
    String template = "{\"inputs\": {}}";
    assertThat(KfpFingerprint.ofTemplate(template, "a", AFTER).text())
        .isEqualTo("{\"namespace\":\"a\",\"template\":{\"inputs\":{}}}");
    assertThat(KfpFingerprint.ofTemplate(template, "a", KfpRelease.V2_17).text())
        .isEqualTo("{\"inputs\":{}}");
  }

  @Test
  void everyRefusalNamesItsPlace() {
    Map.ofEntries(
            Map.entry("{}", "has none of cacheKey, customKey and template"),
            Map.entry("[]", "must be a map"),
            Map.entry("{\"cacheKey\": {}, \"template\": {}}", "has cacheKey and template"),
            Map.entry("{\"cacheKey\": {}, \"namespace\": \"a\"}", "namespace: belongs to template"),
            Map.entry("{\"template\": {}, \"componentRef\": \"a\"}", "componentRef: belongs to"),
            Map.entry("{\"customKey\": \"a\"}", "componentRef: is missing"),
            Map.entry("{\"customKey\": \"\", \"componentRef\": \"a\"}", "customKey: must not be"),
            Map.entry("{\"customKey\": 5, \"componentRef\": \"a\"}", "customKey: must be a text"),
            Map.entry(
                "{\"cacheKey\": {\"image\": \"a\"}}", "cacheKey.image: there is no such field"),
            Map.entry(
                "{\"cacheKey\": {\"input_artifact_names\": {}}}",
                "cacheKey.input_artifact_names: there is no such field"),
            Map.entry(
                "{\"cacheKey\": {\"inputParameterValues\": {}, \"input_parameter_values\": null}}",
                "cacheKey.input"),
            Map.entry(
                "{\"cacheKey\": {\"containerSpec\": {\"cmdArgs\": [\"a\", 5]}}}",
                "cacheKey.containerSpec.cmdArgs[1]: must be a text"),
            Map.entry(
                "{\"cacheKey\": {\"containerSpec\": {\"cmdArgs\": [null]}}}",
                "cacheKey.containerSpec.cmdArgs[0]: must be a text"),
            Map.entry(
                "{\"cacheKey\": {\"inputArtifactNames\": {\"a\": null}}}",
                "cacheKey.inputArtifactNames.a: must be a map"),
            Map.entry(
                "{\"cacheKey\": {\"outputParametersSpec\": {\"a\": null}}}",
                "cacheKey.outputParametersSpec.a: must be a text"),
            Map.entry(
                "{\"cacheKey\": {\"outputArtifactsSpec\": {\"a\": {\"type\": {\"schemaTitle\": \"\","
                    + " \"schema_uri\": \"\"}}}}}",
                "cacheKey.outputArtifactsSpec.a.type: has schemaTitle and schemaUri"),
            Map.entry(
                "{\"cacheKey\": {\"outputArtifactsSpec\": {\"a\": {\"uri\": 1}}}}",
                "cacheKey.outputArtifactsSpec.a.uri: must be a text"),
            Map.entry(
                "{\"cacheKey\": {\"outputArtifactsSpec\": {\"a\": {\"metadata\": []}}}}",
                "cacheKey.outputArtifactsSpec.a.metadata: must be a map"),
            Map.entry(
                "{\"cacheKey\": {\"inputParameterValues\": {\"a\": [1, 1e400]}}}",
                "cacheKey.inputParameterValues.a[1]: the number is too large"),
            Map.entry(
                "{\"cacheKey\": {\"inputParameterValues\": {\"a\": {\"b\": 1, \"b\": 1}}}}",
                "cacheKey.inputParameterValues.a.b: the key is a duplicate"),
            Map.entry(
                "{\"cacheKey\": {\"inputParameterValues\": {\"a\": \"\\ud800\"}}}",
                "cacheKey.inputParameterValues.a: the text has a lone surrogate"),
            Map.entry("{\"cacheKey\": NaN}", "not JSON"),
            Map.entry("{\"cacheKey\": {}} {}", "there is more after the end"),
            Map.entry("{\"template\": {\"container\": null}}", "template.container: must be a map"),
            Map.entry("{\"template\": \"{}\"}", "template: must be a map"),
            Map.entry("{\"template\": {}, \"namespace\": \"\"}", "namespace: must not be empty"))
        .forEach(
            (json, message) ->
                assertThatThrownBy(() -> text(json))
                    .as(json)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "intValue | 5 | \"5\"",
        "intValue | -0 | \"0\"",
        "intValue | 5.0 | \"5\"",
        "intValue | 5e3 | \"5000\"",
        "intValue | \"-7\" | \"-7\"",
        "intValue | \"50e-1\" | \"5\"",
        "intValue | 9223372036854775807 | \"9223372036854775807\"",
        "intValue | -9223372036854775808 | \"-9223372036854775808\"",
        "int_value | \"9007199254740993\" | \"9007199254740993\"",
        "doubleValue | 1 | 1",
        "doubleValue | \"1.50\" | 1.5",
        "doubleValue | -0 | -0",
        "doubleValue | \"NaN\" | \"NaN\"",
        "doubleValue | \"Infinity\" | \"Infinity\"",
        "double_value | \"-Infinity\" | \"-Infinity\"",
        "stringValue | \"\" | \"\"",
      })
  void typedValuesAsProtoJsonTakesAndWritesThem(String field, String given, String written) {
    String name = field.replace("_v", "V");
    assertThat(
            text(
                "{\"cacheKey\": {\"inputParameters\": {\"p\": {\""
                    + field
                    + "\": "
                    + given
                    + "}}}}"))
        .isEqualTo(
            "{\"containerSpec\":{},\"inputParameters\":{\"p\":{\""
                + name
                + "\":"
                + written
                + "}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "intValue | 5.5",
        "intValue | 9223372036854775808",
        "intValue | \"9223372036854775808\"",
        "intValue | \"\"",
        "intValue | \" 5\"",
        "intValue | \"0x5\"",
        "intValue | \"1e999999999\"",
        "intValue | \"NaN\"",
        "intValue | true",
        "doubleValue | \"\"",
        "doubleValue | \"inf\"",
        "doubleValue | \"+1\"",
        "doubleValue | \"1e400\"",
        "doubleValue | {}",
        "stringValue | 5",
        "doubleValue | 5, \"intValue\": 5",
      })
  void typedValuesThatProtoJsonRefuses(String field, String given) {
    assertThatThrownBy(
            () ->
                text(
                    "{\"cacheKey\": {\"inputParameters\": {\"p\": {\""
                        + field
                        + "\": "
                        + given
                        + "}}}}"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("cacheKey.inputParameters.p");
  }

  @Test
  void nestingAndSizeHaveLimits() {
    String deep = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
    String json = "{\"cacheKey\": {\"inputParameterValues\": " + deep + "}}";
    assertThat(text(json)).endsWith(deep + "}");
    String deeper = "[".repeat(100_000);
    assertThatThrownBy(() -> text("{\"template\": {\"inputs\": " + deeper))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("template.inputs[0][0][0]")
        .hasMessageContaining("goes beyond a limit")
        .hasMessageContaining("make it smaller");
    String long101 = " ".repeat(FingerprintRequest.MOST_CHARACTERS + 1);
    assertThatThrownBy(() -> text(long101))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("has more than 100000000 characters");
    String digits = "1".repeat(2_000);
    assertThatThrownBy(
            () -> text("{\"cacheKey\": {\"inputParameterValues\": {\"a\": " + digits + "}}}"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("cacheKey.inputParameterValues.a: the number has more than");
  }

  /** A stack that is too small is no reason to fail with anything else. */
  @Test
  void aSmallStackIsARefusalToo() throws InterruptedException {
    String deep = "[".repeat(2_050) + "]".repeat(2_050);
    AtomicReference<Object> outcome = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                outcome.set(text("{\"template\": {\"inputs\": " + deep + "}}"));
              } catch (Throwable e) {
                outcome.set(e);
              }
            },
            "small stack",
            1);
    thread.start();
    thread.join();
    assertThat(outcome.get()).isInstanceOfAny(String.class, InvalidRequestException.class);
  }

  @Test
  void releasesByTheirNumbers() {
    Map.ofEntries(
            Map.entry("1.8", KfpRelease.V1_8),
            Map.entry("1.8.22", KfpRelease.V1_8),
            Map.entry("2.0.0", KfpRelease.V2_0_5),
            Map.entry("2.1", KfpRelease.V2_0_5),
            Map.entry("2.2.0", KfpRelease.V2_2_0),
            Map.entry("2.3.0", KfpRelease.V2_2_0),
            Map.entry("2.4.0", KfpRelease.V2_4),
            Map.entry("2.5", KfpRelease.V2_5),
            Map.entry("2.13", KfpRelease.V2_5),
            Map.entry("2.14.4", KfpRelease.V2_14),
            Map.entry("2.16", KfpRelease.V2_15),
            Map.entry("2.17.0", KfpRelease.V2_17),
            Map.entry("after", AFTER))
        .forEach((text, release) -> assertThat(KfpRelease.of(text)).as(text).contains(release));
    for (String text :
        new String[] {"", "2", "1.7", "1.9", "2.18", "3.0", "v2.5", "AFTER", "2.x"}) {
      assertThat(KfpRelease.of(text)).as(text).isEmpty();
    }
  }
}

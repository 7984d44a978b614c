package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every literal: equal JSON, equal fingerprint, and no other two. */
class KfpFingerprintPropertiesTest {
  private static final int ROUNDS = 3_000 * Integer.getInteger("taskcache.tests.scale", 1);
  private static final JsonMapper JSON = new JsonMapper();

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RandomJson json = new RandomJson(random);

  private KfpFingerprint ofParameters(Map<String, Object> values) {
    return KfpFingerprint.fromJson(
        "{\"cacheKey\": {\"inputParameterValues\": " + json.spelled(values) + "}}",
        KfpRelease.V2_17);
  }

  @Test
  void anotherSpellingOrAnotherOrderIsTheSameKey() {
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> values = json.map(4);
      assertThat(ofParameters(values))
          .as("seed %s, %s", seed, values)
          .isEqualTo(ofParameters(values));
    }
  }

  @Test
  void whatIsHashedSaysWhatWasGiven() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> values = json.map(4);
      values.put("there", "is one");
      Map<String, Map<String, Object>> hashed =
          JSON.readValue(ofParameters(values).text(), new TypeReference<>() {});
      assertThat(doubles(hashed.get("inputParameterValues")))
          .as("seed %s", seed)
          .isEqualTo(doubles(values));
    }
  }

  @Test
  void equalFingerprintsHaveEqualLiterals() {
    Map<KfpFingerprint, Map<String, Object>> seen = new HashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> values = json.map(2);
      Map<String, Object> earlier = seen.putIfAbsent(ofParameters(values), values);
      if (earlier != null) {
        assertThat(earlier).as("seed %s", seed).isEqualTo(values);
      }
    }
    assertThat(seen).as("seed %s", seed).hasSizeGreaterThan(ROUNDS / 4);
  }

  @Test
  void theSameForTemplates() {
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> template = json.map(1);
      template.put("inputs", json.value(3));
      template.put("container", Map.of("args", json.map(3), "resources", json.word()));
      KfpFingerprint one = KfpFingerprint.ofTemplate(json.spelled(template), null, KfpRelease.V1_8);
      template.put("metadata", json.value(2));
      assertThat(KfpFingerprint.ofTemplate(json.spelled(template), null, KfpRelease.V1_8))
          .as("seed %s, %s", seed, template)
          .isEqualTo(one);
    }
  }

  @Test
  void theOrderOfVolumesDoesNotCountAndThatOfWordsDoes() {
    for (int i = 0; i < ROUNDS; i++) {
      List<Object> words = new ArrayList<>(List.of("first", "second", json.word()));
      List<Object> shuffled = new ArrayList<>(words);
      shuffled.add(json.word().isEmpty() ? "first" : "second");
      Collections.shuffle(shuffled, random);
      assertThat(process("pvcNames", shuffled))
          .as("seed %s, %s", seed, shuffled)
          .isEqualTo(process("pvcNames", words));
      assertThat(process("cmdArgs", shuffled)).isNotEqualTo(process("cmdArgs", words));
    }
  }

  private KfpFingerprint process(String field, List<Object> texts) {
    return KfpFingerprint.fromJson(
        "{\"cacheKey\": {\"containerSpec\": " + json.spelled(Map.of(field, texts)) + "}}",
        KfpRelease.V2_17);
  }

  /** The same with every number as a double, as Kubeflow has them. */
  private static Object doubles(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> all = new HashMap<>();
      map.forEach((key, each) -> all.put(key, doubles(each)));
      return all;
    } else if (value instanceof List<?> list) {
      return list.stream().map(each -> each == null ? "null" : doubles(each)).toList();
    } else if (value instanceof Number number) {
      return number.doubleValue() + 0.0;
    }
    return value;
  }
}

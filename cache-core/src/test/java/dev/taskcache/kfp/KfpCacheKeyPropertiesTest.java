package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every {@code CacheKey} and template: any single edit is another fingerprint. */
class KfpCacheKeyPropertiesTest {
  private static final int ROUNDS = 3_000 * Integer.getInteger("taskcache.tests.scale", 1);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RandomJson json = new RandomJson(random);
  private final RandomEdit edit = new RandomEdit(random);

  /** A key in which each part is there, and says something. */
  private Map<String, Object> cacheKey() {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("inputArtifactNames", named(() -> map("artifactNames", texts())));
    key.put("inputParameterValues", json.map(3));
    key.put("outputArtifactsSpec", named(this::output));
    key.put("outputParametersSpec", named(() -> "STRING" + random.nextInt(3)));
    Map<String, Object> process = map("image", "i" + json.word());
    process.put("cmdArgs", texts());
    process.put("env", List.of(Map.of("name", "n" + json.word(), "value", "v" + json.word())));
    process.put("pvcNames", new ArrayList<>(new LinkedHashSet<>(texts())));
    key.put("containerSpec", process);
    return key;
  }

  private Object output() {
    Map<String, Object> output = map("name", "o" + json.word());
    output.put("type", Map.of("schemaTitle", "system.Model", "schemaVersion", "0.0.1"));
    output.put("metadata", json.map(2));
    return output;
  }

  private List<Object> texts() {
    List<Object> texts = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      texts.add("t" + json.word() + json.word());
    }
    return texts;
  }

  private Map<String, Object> named(java.util.function.Supplier<Object> value) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      named.put("n" + i + json.word(), value.get());
    }
    return named;
  }

  private static Map<String, Object> map(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  /** One edit of one part that leaves the message one that the driver could have made. */
  private Map<String, Object> edited(Map<String, Object> key) {
    List<String> parts = new ArrayList<>(key.keySet());
    String part = parts.get(random.nextInt(parts.size()));
    Map<String, Object> edited = new LinkedHashMap<>(key);
    Map<String, Object> old = objects(key.get(part));
    edited.put(
        part,
        switch (part) {
          case "inputParameterValues" -> edit.map(old);
          case "containerSpec" -> process(old);
          default -> random.nextInt(3) == 0 ? renamed(old) : inside(old, part);
        });
    return edited;
  }

  private Map<String, Object> renamed(Map<String, Object> named) {
    Map<String, Object> renamed = new LinkedHashMap<>(named);
    String name = named.keySet().iterator().next();
    Object value = renamed.remove(name);
    if (random.nextBoolean()) {
      renamed.put(name + "#", value);
    }
    return renamed;
  }

  private Map<String, Object> inside(Map<String, Object> named, String part) {
    Map<String, Object> edited = new LinkedHashMap<>(named);
    String name = named.keySet().iterator().next();
    edited.put(
        name,
        switch (part) {
          case "inputArtifactNames" ->
              map(
                  "artifactNames",
                  edit.list((List<?>) objects(named.get(name)).get("artifactNames")));
          case "outputArtifactsSpec" -> outputEdited(objects(named.get(name)));
          default -> named.get(name) + "_";
        });
    return edited;
  }

  private Map<String, Object> outputEdited(Map<String, Object> output) {
    Map<String, Object> edited = new LinkedHashMap<>(output);
    switch (random.nextInt(5)) {
      case 0 -> edited.put("name", output.get("name") + "x");
      case 1 ->
          edited.put("type", Map.of("schemaTitle", "system.Metrics", "schemaVersion", "0.0.1"));
      case 2 -> edited.put("type", Map.of("schemaUri", "system.Model", "schemaVersion", "0.0.1"));
      case 3 -> edited.put("type", Map.of("schemaTitle", "system.Model", "schemaVersion", "0.0.2"));
      default -> edited.put("metadata", edit.map(objects(output.get("metadata"))));
    }
    return edited;
  }

  private Map<String, Object> process(Map<String, Object> process) {
    Map<String, Object> edited = new LinkedHashMap<>(process);
    switch (random.nextInt(5)) {
      case 0 -> edited.put("image", process.get("image") + "x");
      case 1 -> edited.put("cmdArgs", edit.list((List<?>) process.get("cmdArgs")));
      case 2 -> edited.put("pvcNames", List.of("another"));
      case 3 -> edited.remove("pvcNames");
      default -> edited.put("env", List.of(Map.of("name", "another", "value", "v")));
    }
    return edited;
  }

  @SuppressWarnings("unchecked") // what this class has put there
  private static Map<String, Object> objects(Object value) {
    return (Map<String, Object>) value;
  }

  private KfpFingerprint fingerprint(Map<String, Object> key) {
    return KfpFingerprint.fromJson("{\"cacheKey\": " + json.spelled(key) + "}", KfpRelease.AFTER);
  }

  @Test
  void anySingleEditOfACacheKeyIsAnotherFingerprint() {
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> key = cacheKey();
      Map<String, Object> other = edited(key);
      assertThat(other).isNotEqualTo(key);
      assertThat(fingerprint(other))
          .as("seed %s, %s, %s", seed, key, other)
          .isNotEqualTo(fingerprint(key));
    }
  }

  @Test
  void orderAndSpellingOfACacheKeyDoNotCount() {
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> key = cacheKey();
      assertThat(fingerprint(key)).as("seed %s, %s", seed, key).isEqualTo(fingerprint(key));
    }
  }

  @Test
  void anySingleEditOfATemplateIsAnotherFingerprint() {
    for (int i = 0; i < ROUNDS; i++) {
      Map<String, Object> template = new LinkedHashMap<>();
      template.put("container", map("args", json.map(3)));
      template.put("inputs", map("parameters", json.map(2)));
      Map<String, Object> other = new LinkedHashMap<>(template);
      String part = random.nextBoolean() ? "container" : "inputs";
      String field = part.equals("container") ? "args" : "parameters";
      other.put(part, map(field, edit.map(objects(objects(template.get(part)).get(field)))));
      assertThat(template(other))
          .as("seed %s, %s, %s", seed, template, other)
          .isNotEqualTo(template(template));
    }
  }

  private KfpFingerprint template(Map<String, Object> template) {
    return KfpFingerprint.ofTemplate(json.spelled(template), null, KfpRelease.V1_8);
  }
}

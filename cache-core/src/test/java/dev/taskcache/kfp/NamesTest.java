package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Names that a compiler makes up, and orders that mean nothing, are in no key. */
class NamesTest {
  private static final List<String> FILES =
      List.of("train.yaml", "nested.yaml", "loops.yaml", "conditions.yaml", "platform.yaml");

  private static Map<String, String> keys(KfpPipeline pipeline) {
    Map<String, Object> parameters = new TreeMap<>();
    pipeline
        .parameters()
        .forEach(
            (name, each) -> {
              if (each.defaultValue() == null) {
                parameters.put(name, "given");
              }
            });
    Map<String, String> keys = new TreeMap<>();
    for (KfpTask task : Pretend.everything(Pretend.run(pipeline, parameters))) {
      if (Pretend.isCached(task)) {
        keys.put(task.path(), Pretend.key(task));
      }
    }
    return keys;
  }

  @TestFactory
  Stream<DynamicTest> namesOfComponentsAndExecutorsAreNotInKeys() {
    return Stream.of("comp-$1-7", "comp-z$1", "c-$1")
        .map(names -> dynamicTest(names, () -> namesAreNotInKeys(names)));
  }

  private static void namesAreNotInKeys(String names) {
    for (String file : FILES) {
      String text = Pretend.text(file).replace("cacheKey: published-v1", "");
      String renamed =
          text.replaceAll("\\bcomp-([a-z-]+)", names).replaceAll("\\bexec-([a-z-]+)", "exec-$1-9");
      assertThat(renamed).isNotEqualTo(text);
      assertThat(keys(KfpPipeline.parse(file, renamed)))
          .as(file)
          .isNotEmpty()
          .isEqualTo(keys(KfpPipeline.parse(file, text)));
    }
  }

  @Test
  void aCompilersNumberIsNotInACustomKey() {
    String text = Pretend.text("train.yaml");
    String numbered =
        text.replace("name: comp-publish", "name: comp-publish-2")
            .replace(
                "  comp-publish:",
                "  comp-publish:\n    executorLabel: exec-notify\n    inputDefinitions:\n      parameters:\n        text:\n          parameterType: STRING\n  comp-publish-2:");
    assertThat(keys(KfpPipeline.parse("t.yaml", numbered)))
        .isEqualTo(keys(KfpPipeline.parse("t.yaml", text)));
  }

  @Test
  void theNameOfATaskIsNotInItsKey() {
    String text = Pretend.text("nested.yaml");
    Map<String, String> keys = keys(KfpPipeline.parse("n.yaml", text));
    Map<String, String> renamed =
        keys(KfpPipeline.parse("n.yaml", text.replaceAll("\\bfirst\\b", "primary")));
    assertThat(renamed.get("said-nothing.primary")).isEqualTo(keys.get("said-nothing.first"));
  }

  @Test
  void theOrderOfTheDocumentIsNotInKeys() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode tree = mapper.readTree(Pretend.text("train.json"));
    String reversed = mapper.writeValueAsString(reversed(tree));
    assertThat(reversed).isNotEqualTo(mapper.writeValueAsString(tree));
    KfpPipeline pipeline = KfpPipeline.parse("t.json", reversed);
    assertThat(keys(pipeline)).isEqualTo(keys(Pretend.pipeline("train.yaml")));
    assertThat(pipeline.steps())
        .extracting(KfpPipeline.Step::path)
        .containsExactlyElementsOf(
            Pretend.pipeline("train.yaml").steps().stream().map(KfpPipeline.Step::path).toList());
  }

  private static JsonNode reversed(JsonNode node) {
    if (node.isObject()) {
      ObjectNode reversed = JsonNodeFactory.instance.objectNode();
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      Collections.reverse(names);
      names.forEach(name -> reversed.set(name, reversed(node.get(name))));
      return reversed;
    }
    return node; // Lists keep their order: in them it means something.
  }
}

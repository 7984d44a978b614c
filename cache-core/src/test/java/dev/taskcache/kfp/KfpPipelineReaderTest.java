package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.version.PipelineDescription;
import dev.taskcache.version.PipelineDescription.Parameter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a pipeline takes, gives and consists of; what changes where a part of it changes. */
class KfpPipelineReaderTest {
  private static final String TRAIN = Pretend.text("train.yaml");
  private static final String NESTED = Pretend.text("nested.yaml");

  private static PipelineDescription read(String text) {
    return new KfpPipelineReader().read(text.getBytes(UTF_8));
  }

  @Test
  void itSaysWhatTheFileSays() {
    PipelineDescription train = read(TRAIN);
    assertThat(train.parameters())
        .containsExactly(
            Map.entry("data", new Parameter("STRING", true)),
            Map.entry("epochs", new Parameter("NUMBER_INTEGER", false)));
    assertThat(train.images())
        .containsOnlyKeys("notify", "notify-start", "prepare", "publish", "train")
        .containsEntry("train", "python:3.11");
    assertThat(train.caching())
        .containsExactly(
            Map.entry("notify", "{}"),
            Map.entry("prepare", "{\"enableCache\":true}"),
            Map.entry("publish", "{\"cacheKey\":\"published-v1\",\"enableCache\":true}"),
            Map.entry("train", "{\"enableCache\":true}"));
    assertThat(train.components())
        .containsOnlyKeys("comp-notify", "comp-prepare", "comp-publish", "comp-train", "root");
    assertThat(train.components().values())
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
  }

  @Test
  void outputsHaveTheTypesThatTheRootDeclares() {
    String text =
        TRAIN.replace(
            "  inputDefinitions:\n    parameters:\n      data:",
            """
              outputDefinitions:
                artifacts:
                  model: {artifactType: {schemaTitle: system.Model, schemaVersion: 0.0.1}}
                  models:
                    artifactType: {schemaTitle: system.Model, schemaVersion: 0.0.1}
                    isArtifactList: true
                parameters:
                  rows: {parameterType: NUMBER_INTEGER}
              inputDefinitions:
                parameters:
                  data:"""
                .indent(2)
                .stripTrailing());
    assertThat(read(text).outputs())
        .containsExactly(
            Map.entry("model", "system.Model"),
            Map.entry("models", "list(system.Model)"),
            Map.entry("rows", "NUMBER_INTEGER"));
  }

  @Test
  void anOlderTypeIsTheSameType() {
    assertThat(
            read(
                TRAIN.replace("parameterType: STRING\n      epochs", "type: STRING\n      epochs")))
        .extracting(PipelineDescription::parameters)
        .isEqualTo(read(TRAIN).parameters());
  }

  @Test
  void yamlAndJsonAndAPlanOfIdenticalImagesAreDescribedAlike() throws Exception {
    PipelineDescription train = read(TRAIN);
    assertThat(read(Pretend.text("train.json"))).isEqualTo(train);
    byte[] plan = new KfpPlanCompiler().compile(TRAIN.getBytes(UTF_8), Map.of());
    assertThat(new KfpPipelineReader().read(plan)).isEqualTo(train);
  }

  @Test
  void aChangeIsSeenWhereItIs() {
    changed(TRAIN, "[python3, -m, train]", "[python3, -m, trains]", "comp-train");
    changed(TRAIN, "value: '4'", "value: '5'", "comp-train");
    changed(TRAIN, "cpuLimit: 2.0", "cpuLimit: 4.0", "comp-train");
    changed(TRAIN, "defaultValue: plain", "defaultValue: other", "comp-train");
    changed(TRAIN, "constant: done", "constant: over", "root");
    changed(TRAIN, "defaultValue: 3.0", "defaultValue: 4.0", "root");
    changed(TRAIN, "exec-train", "exec-trains");
    changed(TRAIN, "cpuLimit: 2.0", "cpuLimit: 2");
    changed(
        NESTED,
        "image: alpine:3.20",
        "image: alpine:3.21",
        "comp-fetch",
        "comp-inner",
        "comp-outer");
    changed(NESTED, "defaultValue: hello", "defaultValue: hallo", "comp-inner", "comp-outer");
  }

  private static void changed(String text, String old, String now, String... where) {
    assertThat(text).contains(old);
    Map<String, String> before = read(text).components();
    Map<String, String> after = read(text.replace(old, now)).components();
    Set<String> changed = new TreeSet<>(after.keySet());
    changed.removeIf(name -> after.get(name).equals(before.get(name)));
    assertThat(changed).as(now).containsExactly(where);
  }

  @Test
  void whatKubernetesAddsCounts() {
    String text = Pretend.text("platform.yaml");
    String first =
        text.lines().filter(line -> line.contains("mountPath")).findFirst().orElseThrow();
    Map<String, String> before = read(text).components();
    Map<String, String> after =
        read(text.replace(first, first.replaceFirst("mountPath: ?/?\\w+", "mountPath: /elsewhere")))
            .components();
    assertThat(after).isNotEqualTo(before).containsOnlyKeys(before.keySet());
  }

  @Test
  void pathsOfLoopsAndGroupsAreThoseOfTheSteps() {
    PipelineDescription loops = read(Pretend.text("loops.yaml"));
    assertThat(loops.images().keySet()).anyMatch(path -> path.contains("[*]."));
    assertThat(read(NESTED).caching())
        .containsEntry("off-for-all", "{}")
        .containsEntry("off-for-all.inner", "{\"enableCache\":true}")
        .doesNotContainKey("said-nothing");
  }

  @Test
  void importersHaveNoImage() {
    String text = Pretend.text("importer.yaml");
    assertThat(read(text).images())
        .hasSizeLessThan(KfpPipeline.parse("importer.yaml", text).steps().size())
        .containsValue("alpine:3.20");
  }

  @Test
  void whatIsNoPipelineIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> read(TRAIN.replace("name: comp-prepare", "name: comp-x")))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith("pipeline:155: root.dag.tasks.prepare.componentRef.name: there");
  }
}

package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.taskcache.TaskCache;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import dev.taskcache.kfp.IrFile.Expected;
import dev.taskcache.kfp.IrFile.Ran;
import dev.taskcache.policy.Setting;
import dev.taskcache.store.InMemoryStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compiled pipelines of our own, some for each feature, each with what the reader makes of it. */
class KfpIrFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");
  private static final int FEWEST = 5;
  private static final Map<String, List<IrFile>> FILES = IrFile.byFeature();

  private final TaskCache cache =
      TaskCache.builder(new InMemoryStore()).images(Pretend.RESOLVER).build();

  @Test
  void everyFeatureHasSomeFiles() {
    assertThat(FILES)
        .containsOnlyKeys(
            "artifact-lists",
            "caching",
            "commands",
            "conditions",
            "defaults",
            "documents",
            "environment",
            "exit-handlers",
            "importers",
            "loops",
            "nested",
            "oneof",
            "order",
            "platform",
            "types");
    assertThat(FILES.values())
        .allSatisfy(each -> assertThat(each).hasSizeGreaterThanOrEqualTo(FEWEST));
  }

  @TestFactory
  Stream<DynamicTest> theFileGivesWhatItSays() {
    return FILES.entrySet().stream()
        .flatMap(
            feature ->
                feature.getValue().stream()
                    .map(
                        file ->
                            dynamicTest(
                                feature.getKey() + "/" + file.path().getFileName(),
                                () -> check(file))));
  }

  private void check(IrFile file) {
    Ran ran = file.run("run-1");
    assertThat(ran.run().done()).isTrue();
    assertThat(file.expected()).hasSizeGreaterThan(1);
    if (file.expected().stream().noneMatch(each -> each.what().equals("skipped"))) {
      assertThat(ran.run().skipped()).isEmpty();
    }
    for (Expected each : file.expected()) {
      check(each, file, ran);
    }
  }

  private void check(Expected each, IrFile file, Ran ran) {
    String of = each.of();
    switch (each.what()) {
      case "parameters", "outputs", "fails" -> {} // What goes in.
      case "ran" -> assertThat(ran.tasks().keySet()).containsExactlyElementsOf(each.list());
      case "skipped" ->
          assertThat(ran.run().skipped().stream().map(skip -> skip.path() + " " + skip.why()))
              .containsExactlyInAnyOrderElementsOf(each.list());
      case "mode" -> assertThat(mode(ran.task(of))).isEqualTo(each.value());
      case "line" -> assertThat(ran.task(of).line()).hasToString(each.value());
      case "custom" ->
          assertThat(ran.task(of).request().options().custom()).isEqualTo(each.value());
      case "notcached" ->
          assertThat(ran.task(of).request().notCached().orElseThrow().reason())
              .hasToString(each.value());
      case "image" -> assertThat(ran.task(of).image()).contains(each.value());
      case "env" ->
          assertThat(ran.task(of).env().stream().map(v -> v.name() + "=" + v.value()))
              .containsExactly(each.value());
      case "words" -> {
        KfpCommand command = ran.task(of).render(RenderTest.PATHS);
        assertThat(JsonText.json(InputValue.of(command.command())))
            .isEqualTo(JsonText.json(JsonText.parse(each.value())));
      }
      case "importer" ->
          assertThat(artifacts(ran.task(of).importedOutputs().get("artifact")))
              .isEqualTo(each.value());
      case "result" ->
          assertThat(new InputValue.MapValue(ran.run().outputs()))
              .isEqualTo(JsonText.parse(each.value()));
      case "hastype" ->
          assertThat(ran.task(task(of)).outputArtifacts().get(name(of)))
              .isInstanceOf(ValueType.ListType.class);
      default -> checkInputsAndKeys(each, file, ran);
    }
  }

  private void checkInputsAndKeys(Expected each, IrFile file, Ran ran) {
    String of = each.of();
    switch (each.what()) {
      case "input" ->
          assertThat(JsonText.json(ran.task(task(of)).parameters().get(name(of))))
              .isEqualTo(each.value());
      case "absent" -> {
        assertThat(ran.task(task(of)).parameters()).doesNotContainKey(name(of));
        assertThat(ran.task(task(of)).artifacts()).doesNotContainKey(name(of));
      }
      case "has" ->
          assertThat(JsonText.json(ran.task(task(of)).parameters().get(name(of))))
              .contains(each.value());
      case "artifact", "artifacts" ->
          assertThat(artifacts(ran.task(task(of)).artifacts().get(name(of))))
              .isEqualTo(each.value());
      case "same" -> same(each, ran, Pretend::key, true);
      case "other" -> same(each, ran, Pretend::key, false);
      case "fingerprint" -> {
        String[] words = of.split(" ");
        KfpDriver driver = KfpDriver.of(KfpRelease.of(words[0]).orElseThrow());
        same(
            each,
            ran,
            task -> driver.fingerprint(task, (in, i, art) -> "1").orElseThrow().fingerprint(),
            words[1].equals("same"));
      }
      case "in" -> {
        String path = of.substring("another run ".length());
        assertThat(Pretend.key(file.run("run-2").task(path)).equals(Pretend.key(ran.task(path))))
            .isEqualTo(each.value().equals("same"));
      }
      case "kubeflow" ->
          assertThat(
                  KfpTaskOptions.of(file.pipeline(), KfpRelease.of(of).orElseThrow()).stream()
                      .map(task -> task.task() + " " + task.inKubeflow()))
              .containsExactlyInAnyOrderElementsOf(each.list());
      case "lint" ->
          assertThat(
                  KfpLint.findings(file.pipeline(), KfpRelease.of(of).orElseThrow(), NOW).stream()
                      .map(found -> found.kind().label()))
              .containsExactlyInAnyOrderElementsOf(each.list());
      default -> throw new AssertionError("no such expectation: " + each);
    }
  }

  private String mode(KfpTask task) {
    Setting mode = cache.options(task.request()).setting("mode");
    return mode.value() + " " + mode.level();
  }

  /** All tasks have one key, or each has another. */
  private static void same(Expected each, Ran ran, Function<KfpTask, String> key, boolean same) {
    Set<String> keys = new HashSet<>();
    each.list().forEach(path -> keys.add(key.apply(ran.task(path))));
    assertThat(each.list()).hasSizeGreaterThan(1);
    assertThat(keys).as("%s", each).hasSize(same ? 1 : each.list().size());
  }

  /** The URIs of an artifact, or of a list of them. */
  private static String artifacts(InputValue value) {
    return value instanceof InputValue.ListValue list
        ? list.elements().stream().map(KfpIrFilesTest::artifacts).collect(Collectors.joining(", "))
        : String.valueOf(((InputValue.Artifact) value).uri());
  }

  private static String task(String input) {
    return input.substring(0, input.lastIndexOf('.'));
  }

  private static String name(String input) {
    return input.substring(input.lastIndexOf('.') + 1);
  }
}

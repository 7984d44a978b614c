package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.NotCached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pipelines that Kubeflow's own compiler wrote, where this machine has them. */
class CompiledPipelinesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("taskcache.tests.kfp", "../../shared/kfp-ir"));

  @Test
  void everyFileIsReadPlannedAndKeyed() throws IOException {
    Map<String, Integer> cached = new TreeMap<>();
    for (Path file : files()) {
      KfpRun run = run(file);
      List<KfpTask> tasks = Pretend.everything(run);
      assertThat(run.done()).as("%s", file).isTrue();
      assertThat(run.skipped()).allMatch(each -> each.why() == KfpSkipped.Why.CONDITION_FALSE);
      int keys = 0;
      for (KfpTask task : tasks) {
        assertThat(KfpDriver.of(KfpRelease.V2_17).fingerprint(task, (input, i, artifact) -> "1"))
            .matches(fingerprint -> fingerprint.isEmpty() == task.isImporter());
        if (Pretend.isCached(task)) {
          assertThat(Pretend.key(task)).startsWith("k1:");
          keys++;
        } else {
          assertThat(task.request().notCached().map(NotCached::reason).orElse(Reason.CACHING_OFF))
              .isEqualTo(Reason.CACHING_OFF);
        }
      }
      cached.put(file.getFileName().toString(), keys);
    }
    assertThat(cached)
        .containsEntry("artifact_cache.yaml", 2)
        .containsEntry("artifacts_complex.yaml", 12)
        .containsEntry("mixed_parameters.yaml", 0)
        .containsEntry("pipeline_with_nested_loops.yaml", 12)
        .containsEntry("pipeline_with_pod_metadata.yaml", 0)
        .containsEntry("pipeline_with_volume_no_cache.yaml", 2)
        .containsEntry("xgboost_sample_pipeline.yaml", 8);
  }

  @Test
  void aSecondRunHasTheSameKeys() throws IOException {
    for (Path file : files()) {
      assertThat(keys(file)).as("%s", file).isEqualTo(keys(file));
    }
  }

  @Test
  void theVolumeIsInTheKey() throws IOException {
    Path file = folder().resolve("pvc_mount.yaml");
    KfpPipeline pipeline = KfpPipeline.read(file);
    String one = Pretend.key(Pretend.run(pipeline, Map.of("pvc_name", "a")).ready().get(0));
    String other = Pretend.key(Pretend.run(pipeline, Map.of("pvc_name", "b")).ready().get(0));
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void lintRaisesNoFalseAlarm() throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    Map<String, List<String>> rare = new TreeMap<>();
    for (Path file : files()) {
      for (KfpFinding each :
          KfpLint.findings(
              KfpPipeline.read(file), KfpRelease.V2_17, Instant.parse("2026-11-25T18:00:00Z"))) {
        found.merge(each.kind().label(), 1, Integer::sum);
        if (each.kind() == KfpFinding.Kind.EXIT_HANDLER_CACHED
            || each.kind() == KfpFinding.Kind.CACHE_KEY_IGNORED) {
          rare.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
              .addAll(each.tasks());
        }
      }
    }
    assertThat(found)
        .containsOnlyKeys(
            "cache-key-ignored",
            "empty-options",
            "environment-not-in-key",
            "exit-handler-cached",
            "image-tag",
            "no-outputs-cached",
            "secret-not-in-key")
        .containsEntry("empty-options", 9)
        .containsEntry("environment-not-in-key", 2)
        .containsEntry("secret-not-in-key", 1);
    assertThat(rare)
        .containsOnly(
            Map.entry("pipeline_with_exit_handler.yaml", List.of("print-op")),
            Map.entry(
                "pvc-mount-with-cachekey.UNMERGED-PR-12848.yaml", List.of("consumer", "producer")));
  }

  private static Map<String, String> keys(Path file) throws IOException {
    Map<String, String> keys = new HashMap<>();
    for (KfpTask task : Pretend.everything(run(file))) {
      if (Pretend.isCached(task)) {
        keys.put(task.path(), Pretend.key(task));
      }
    }
    return keys;
  }

  private static KfpRun run(Path file) throws IOException {
    KfpPipeline pipeline = KfpPipeline.read(file);
    Map<String, Object> parameters = new HashMap<>();
    pipeline
        .parameters()
        .forEach(
            (name, each) -> {
              if (each.defaultValue() == null && !each.optional()) {
                boolean map = each.type() instanceof ValueType.MapType;
                parameters.put(name, map ? Map.of("A", 1) : "given");
              }
            });
    return KfpRun.builder(pipeline).parameters(parameters).build();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder())) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static Path folder() {
    assumeTrue(
        Files.isDirectory(FOLDER),
        () -> FOLDER + " is not there; name its place with -Dtaskcache.tests.kfp");
    return FOLDER;
  }
}

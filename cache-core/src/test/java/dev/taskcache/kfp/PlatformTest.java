package dev.taskcache.kfp;

import static dev.taskcache.kfp.Pretend.digest;
import static dev.taskcache.kfp.Pretend.key;
import static dev.taskcache.kfp.Pretend.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.policy.NotCached;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes from outside a command: volumes, secrets, accelerators, images, and runs. */
class PlatformTest {
  private static KfpTask use(String text) {
    KfpRun run =
        Pretend.run(
            KfpPipeline.parse("platform.yaml", text), Map.of("image", "tool:1", "pvc", "alpha"));
    KfpTask make = task(run.ready(), "make");
    run.succeeded(make, Map.of("name", new InputValue.Text("mike")));
    return task(run.ready(), "use");
  }

  @Test
  void theKeyHasNamesAndNeverValues() {
    Map<String, InputValue> platform = new HashMap<>();
    platform.put("pvcNames", InputValue.of(List.of("alpha", "mike", "zulu")));
    platform.put("acceleratorType", InputValue.of("nvidia.com/gpu"));
    platform.put(
        "secretsAsEnv",
        InputValue.of(
            List.of(
                List.of("login", List.of(Map.of("envVar", "PASSWORD", "secretKey", "password"))))));
    platform.put(
        "secretsAsVolume", InputValue.of(List.of(List.of("certificates", "/certificates"))));
    platform.put(
        "configMapsAsEnv",
        InputValue.of(
            List.of(
                List.of("settings", List.of(Map.of("configMapKey", "mode", "envVar", "MODE"))))));
    platform.put("configMapsAsVolume", InputValue.of(List.of(List.of("alpha", "/settings"))));
    platform.put(
        "podFieldsAsEnv",
        InputValue.of(
            List.of(
                List.of(
                    "NOTE",
                    List.of(
                        "metadata.annotations['a']", Map.of("annotations", Map.of("a", "b")))))));
    TaskRequest expected =
        TaskRequest.builder(
                ComponentSpec.builder()
                    .image(ImageRef.parse(digest("tool:1")))
                    .command(List.of("use"))
                    .platform(platform)
                    .build())
            .outputs(OutputSchema.NONE)
            .build();
    assertThat(key(use(Pretend.text("platform.yaml"))))
        .isEqualTo(expected.key(Pretend.RESOLVER).key().toString());
  }

  @Test
  void theImageIsFilledInBeforeItIsResolved() {
    KfpTask use = use(Pretend.text("platform.yaml"));
    assertThat(use.image()).contains("tool:1");
    assertThat(use.request().component().image()).contains(new ImageRef.Tag("tool:1"));
    assertThat(use.parameters()).isEmpty();
  }

  @Test
  void theSecondDocumentMayComeFirst() {
    String[] documents = Pretend.text("platform.yaml").split("---\n");
    assertThat(key(use(documents[1] + "---\n" + documents[0])))
        .isEqualTo(key(use(Pretend.text("platform.yaml"))));
  }

  @Test
  void resourcesAndPlacesToRunAreNotInTheKey() {
    String text = Pretend.text("platform.yaml");
    assertThat(key(use(text.replace("cpuLimit: 1.0", "cpuLimit: 8.0").replace("disk", "zone"))))
        .isEqualTo(key(use(text)));
    assertThat(key(use(text.replace("constant: nvidia.com/gpu", "constant: amd.com/gpu"))))
        .isNotEqualTo(key(use(text)));
    assertThat(key(use(text.replace("constant: zulu", "constant: yankee"))))
        .isNotEqualTo(key(use(text)));
    assertThat(key(use(text.replace("configMapName: settings", "configMapName: others"))))
        .isNotEqualTo(key(use(text)));
  }

  @Test
  void aVolumeThatIsNotKnownYetMakesTheTaskUnknown() {
    KfpRun run =
        Pretend.run(Pretend.pipeline("platform.yaml"), Map.of("image", "tool:1", "pvc", "alpha"));
    run.unknown(task(run.ready(), "make"));
    assertThat(run.ready()).isEmpty();
    assertThat(run.skipped()).extracting(KfpSkipped::path).containsExactly("use");
  }

  @Test
  void whatKubeflowDoesItselfIsNotCached() {
    List<KfpTask> ready =
        Pretend.run(Pretend.pipeline("platform.yaml"), Map.of("image", "tool:1", "pvc", "alpha"))
            .ready();
    assertThat(notCached(ready, "volume"))
        .extracting(NotCached::reason, NotCached::message)
        .containsExactly(
            Reason.RUN_SPECIFIC,
            "platform.yaml:32: deploymentSpec.executors.exec-volume.container.image is a step of"
                + " Kubeflow itself that makes or deletes a volume, which is different in every"
                + " run; take it out, or pass it as an input that the task does not need");
    assertThat(notCached(ready, "pod").message())
        .startsWith("platform.yaml:66:")
        .contains("its pod's metadata.uid");
  }

  @Test
  void aRunsIdAndTimeInACommandOrItsEnvironmentAreNotCached() {
    List<KfpTask> ready = Pretend.run("runs.yaml").ready();
    assertThat(notCached(ready, "env"))
        .satisfies(
            each -> {
              assertThat(each.reason()).isEqualTo(Reason.RUN_SPECIFIC);
              assertThat(each.message())
                  .startsWith(
                      "runs.yaml:21: deploymentSpec.executors.exec-env.container.env[0].value has"
                          + " {{$.pipeline_job_uuid}}");
            });
    assertThat(notCached(ready, "words").message())
        .startsWith("runs.yaml:29: deploymentSpec.executors.exec-words.container.args[1] has");
    assertThat(notCached(ready, "workspace").reason()).isEqualTo(Reason.RUN_SPECIFIC);
  }

  @Test
  void aRunsIdAndTimeInAConstantAreFilledIn() {
    KfpRun run =
        KfpRun.builder(Pretend.pipeline("runs.yaml"))
            .runId("run-7")
            .startTime(java.time.Instant.parse("2026-01-02T03:04:05.678Z"))
            .build();
    KfpTask constant = task(run.ready(), "constant");
    assertThat(constant.parameters())
        .containsEntry(
            "text", new InputValue.Text("run-7 2026-01-02T03:04:05Z runs-run-7 constant"));
    assertThat(constant.request().notCached()).isEmpty();
    assertThat(key(constant)).isNotEqualTo(key(task(Pretend.run("runs.yaml").ready(), "constant")));
  }

  @Test
  void otherInputsInAConstantAreFilledInAndNotInTheKey() {
    KfpTask stable = task(Pretend.run("runs.yaml").ready(), "stable");
    assertThat(stable.parameters()).containsOnlyKeys("text");
    assertThat(stable.request().inputs())
        .isEqualTo(new InputValue.MapValue(Map.of("text", new InputValue.Text("a-mid-z"))));
  }

  @Test
  void aTaskThatPrintsItsNameHasItInTheKey() {
    List<KfpTask> ready = Pretend.run("runs.yaml").ready();
    assertThat(key(task(ready, "named"))).isNotEqualTo(key(task(ready, "named-other")));
    assertThat(key(task(ready, "named")))
        .isEqualTo(
            key(task(Pretend.run(Pretend.pipeline("runs.yaml"), Map.of()).ready(), "named")));
  }

  private static NotCached notCached(List<KfpTask> tasks, String path) {
    return task(tasks, path).request().notCached().orElseThrow();
  }
}

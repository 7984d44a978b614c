package dev.taskcache.kfp;

import static dev.taskcache.kfp.Pretend.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the driver hashes for the tasks of compiled pipelines, to the letter. */
class KfpDriverTest {
  private static final KfpDriver SILENT = new KfpDriver(KfpRelease.V2_17, false, null);
  private static final KfpArtifactNames NONE =
      (input, index, artifact) -> {
        throw new AssertionError(input);
      };

  private static List<KfpTask> tasks(String name) {
    return Pretend.everything(Pretend.run("fingerprints/" + name));
  }

  private static String text(KfpDriver driver, KfpTask task) {
    return driver.fingerprint(task, NONE).orElseThrow().text();
  }

  @Test
  void parametersWithTheirDefaultsAndTypes() {
    assertThat(text(SILENT, tasks("parameters.yaml").get(0)))
        .isEqualTo(
            "{\"containerSpec\":{\"cmdArgs\":[\"sh\",\"-c\",\"pip install 'a\\u003e=1,\\u003c2'"
                + " \\u0026\\u0026 \\\"$0\\\"\\n\",\"--executor_input\",\"{{$}}\"],"
                + "\"image\":\"python:3.11\"},\"inputParameterValues\":{\"columns\":[\"a\",\"b\"],"
                + "\"epochs\":3,\"options\":{\"\\u003c\":\"\\u0026\",\"a\":null,\"z\":1},"
                + "\"rate\":1e-7,\"shuffle\":false},\"outputParametersSpec\":{"
                + "\"loss\":\"NUMBER_DOUBLE\",\"names\":\"LIST\",\"summary\":\"STRUCT\"}}");
  }

  @Test
  void artifactsByTheNamesThatTheInstallationGivesThem() {
    List<KfpTask> tasks = tasks("artifacts.yaml");
    assertThat(text(SILENT, task(tasks, "make")))
        .isEqualTo(
            "{\"containerSpec\":{\"cmdArgs\":[\"make\"],\"image\":\"alpine:3.20\"},"
                + "\"inputParameterValues\":{\"n\":2},\"outputArtifactsSpec\":{"
                + "\"described\":{\"metadata\":{\"size\":2,\"stage\":\"\\u003craw\\u003e\"},"
                + "\"name\":\"described\",\"type\":{\"instanceSchema\":\"title: my.Model\\n\"}},"
                + "\"linked\":{\"name\":\"linked\",\"type\":{\"schemaUri\":\"https://example.org/s\"}},"
                + "\"plain\":{\"name\":\"plain\",\"type\":{\"schemaTitle\":\"system.Dataset\","
                + "\"schemaVersion\":\"0.0.1\"}},\"untyped\":{\"name\":\"untyped\",\"type\":{}}}}");
    KfpTask use = task(tasks, "use");
    String one = SILENT.fingerprint(use, (input, index, a) -> input + index).orElseThrow().text();
    assertThat(one)
        .isEqualTo(
            "{\"containerSpec\":{\"cmdArgs\":[\"use\"],\"image\":\"alpine:3.20\"},"
                + "\"inputArtifactNames\":{\"one\":{\"artifactNames\":[\"one0\"]}}}");
  }

  @Test
  void theProcessAsTheFileHasItAndVolumesFrom215On() {
    List<KfpTask> tasks = tasks("process.yaml");
    String image = "{{$.inputs.parameters['pipelinechannel--image']}}";
    String before = "{\"containerSpec\":{\"cmdArgs\":[\"use\",\"--in\",\"" + image + "\"],";
    String after = "\"},\"inputParameterValues\":{\"pipelinechannel--image\":\"tool:1\"}}";
    String volumes = "\",\"pvcNames\":[\"alpha\",\"zulu\"]";
    KfpTask use = task(tasks, "use");
    assertThat(text(new KfpDriver(KfpRelease.V2_14, false, "space"), use))
        .isEqualTo(before + "\"image\":\"" + image + after);
    assertThat(text(new KfpDriver(KfpRelease.V2_15, false, "space"), use))
        .isEqualTo(before + "\"image\":\"" + image + volumes + after.substring(1));
    assertThat(text(new KfpDriver(KfpRelease.AFTER, false, "space"), use))
        .isEqualTo(
            before
                + "\"env\":[{\"name\":\"MODE\",\"value\":\"eval\"},{\"name\":\"EMPTY\"},"
                + "{\"name\":\"MODE\",\"value\":\""
                + image
                + "\"}],\"image\":\""
                + image
                + volumes
                + after.substring(1));
  }

  @Test
  void theWorkspaceIsAVolumeOfThoseThatNameIt() {
    KfpTask work = task(tasks("process.yaml"), "work");
    assertThat(text(new KfpDriver(KfpRelease.V2_17, false, "space"), work))
        .contains("\"pvcNames\":[\"space\"]");
    assertThat(text(SILENT, work)).doesNotContain("pvcNames");
  }

  @Test
  void logsAreAnOutputFrom25OnWhereTheyArePublished() {
    KfpTask old = tasks("old.yaml").get(0);
    String logs =
        "\"outputArtifactsSpec\":{\"executor-logs\":{\"name\":\"executor-logs\",\"type\":"
            + "{\"schemaTitle\":\"system.Artifact\"}}},";
    String before =
        "{\"containerSpec\":{\"image\":\"busybox\"},\"inputParameterValues\":{\"n\":7},";
    String after = "\"outputParametersSpec\":{\"m\":\"PARAMETER_TYPE_ENUM_UNSPECIFIED\"}}";
    assertThat(text(KfpDriver.of(KfpRelease.V2_5), old)).isEqualTo(before + logs + after);
    assertThat(text(KfpDriver.of(KfpRelease.V2_4), old)).isEqualTo(before + after);
    assertThat(text(new KfpDriver(KfpRelease.V2_5, false, null), old)).isEqualTo(before + after);
  }

  @Test
  void aCustomKeyCountsWhereTheReleaseObeysIt() {
    KfpTask train = tasks("custom.yaml").get(0);
    assertThat(text(KfpDriver.of(KfpRelease.AFTER), train)).isEqualTo("comp-train-2\0nightly");
    assertThat(text(SILENT, train))
        .isEqualTo("{\"containerSpec\":{\"cmdArgs\":[\"train\"],\"image\":\"python:3.11\"}}");
  }

  @Test
  void anImporterHasNone() {
    KfpTask importer =
        Pretend.everything(Pretend.run(Pretend.pipeline("importer.yaml"), Map.of("uri", "s3://x")))
            .stream()
            .filter(KfpTask::isImporter)
            .findFirst()
            .orElseThrow();
    assertThat(SILENT.fingerprint(importer, NONE)).isEmpty();
  }

  @Test
  void whatKubeflowHasNoValueForIsRefused() {
    KfpRun run =
        Pretend.run(
            Pretend.pipeline("platform.yaml"),
            Map.of("image", new InputValue.Secret("tool", "1"), "pvc", "alpha"));
    KfpTask make = task(run.ready(), "make");
    run.succeeded(make, Map.of("name", new InputValue.Text("mike")));
    KfpTask use = task(run.ready(), "use");
    assertThatThrownBy(() -> SILENT.fingerprint(use, NONE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("inputParameterValues.pipelinechannel--image: is a Secret");
    KfpTask artifacts = task(tasks("artifacts.yaml"), "use");
    assertThatThrownBy(() -> SILENT.fingerprint(artifacts, (input, index, a) -> "\ud800"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("artifacts.one[0]: ");
  }
}

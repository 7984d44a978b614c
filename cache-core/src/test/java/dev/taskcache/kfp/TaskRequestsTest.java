package dev.taskcache.kfp;

import static dev.taskcache.kfp.Pretend.artifact;
import static dev.taskcache.kfp.Pretend.digest;
import static dev.taskcache.kfp.Pretend.key;
import static dev.taskcache.kfp.Pretend.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Level;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.Mode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the tasks of a plain pipeline ask a cache. */
class TaskRequestsTest {
  private static final Map<String, InputValue> PREPARED =
      Map.of("rows", new InputValue.Int(12), "dataset", artifact("rows"));

  private static KfpRun start(Map<String, ?> parameters) {
    Map<String, Object> all = new HashMap<>(Map.of("data", "s3://data"));
    all.putAll(parameters);
    return Pretend.run(Pretend.pipeline("train.yaml"), all);
  }

  private static KfpTask train(Map<String, ?> parameters) {
    KfpRun run = start(parameters);
    run.succeeded(task(run.ready(), "prepare"), PREPARED);
    return task(run.ready(), "train");
  }

  @Test
  void aTaskHasTheKeyOfTheRequestWrittenByHand() {
    Map<String, ValueType> outputs = new HashMap<>();
    outputs.put("model", new ValueType.ArtifactType("system.Model"));
    outputs.put("loss", ValueType.Scalar.FLOAT64);
    outputs.put("score", new ValueType.MapType(ValueType.Scalar.ANY));
    outputs.put("tags", new ValueType.ListType(ValueType.Scalar.ANY));
    outputs.put("usable", ValueType.Scalar.BOOL);
    outputs.put("word", ValueType.Scalar.TEXT);
    ComponentSpec component =
        ComponentSpec.builder()
            .image(ImageRef.parse(digest("python:3.11")))
            .command(List.of("python3", "-m", "train"))
            .args(List.of("--executor_input", "{{$}}"))
            .env(List.of(new EnvVar("THREADS", "4"), new EnvVar("SOURCE", "plain data")))
            .build();
    TaskRequest expected =
        TaskRequest.builder(component)
            .input("columns", List.of("a", 1, 2.5))
            .input("dataset", artifact("rows"))
            .input("epochs", 3)
            .input("flavour", "plain")
            .input("options", Map.of("depth", 3, "nested", Map.of("x", List.of(1))))
            .input("rate", 1.0)
            .input("rows", 12)
            .input("shuffle", true)
            .outputs(OutputSchema.of(outputs))
            .build();
    assertThat(key(train(Map.of()))).isEqualTo(expected.key(Pretend.RESOLVER).key().toString());
  }

  @Test
  void thePlatformThatTheCallerGivesIsInTheKey() {
    KfpPipeline pipeline = Pretend.pipeline("train.yaml");
    KfpTask task =
        task(
            KfpRun.builder(pipeline)
                .parameters(Map.of("data", "d"))
                .platform(Map.of("os", new InputValue.Text("linux")))
                .build()
                .ready(),
            "prepare");
    TaskRequest expected =
        TaskRequest.builder(
                ComponentSpec.builder()
                    .image(ImageRef.parse(digest("alpine:3.20")))
                    .command(List.of("sh", "-c", "fetch \"{{$.inputs.parameters['source']}}\""))
                    .args(List.of("--rows", "{{$.outputs.parameters['rows'].output_file}}"))
                    .platform(Map.of("os", new InputValue.Text("linux")))
                    .build())
            .input("source", "d")
            .outputs(
                OutputSchema.of(
                    Map.of(
                        "rows",
                        ValueType.Scalar.INT,
                        "dataset",
                        new ValueType.ArtifactType("system.Dataset"))))
            .build();
    assertThat(key(task)).isEqualTo(expected.key(Pretend.RESOLVER).key().toString());
  }

  @Test
  void upstreamOutputsAndParametersAreInTheKey() {
    String key = key(train(Map.of()));
    assertThat(key(train(Map.of("epochs", 4)))).isNotEqualTo(key);
    assertThat(key(train(Map.of("epochs", 3.0)))).isEqualTo(key);
    assertThat(key(train(Map.of("epochs", "3")))).isEqualTo(key);
    assertThat(key(train(Map.of("data", "elsewhere")))).isEqualTo(key);
    KfpRun run = start(Map.of());
    run.succeeded(
        task(run.ready(), "prepare"),
        Map.of("rows", new InputValue.Int(12), "dataset", artifact("other rows")));
    assertThat(key(task(run.ready(), "train"))).isNotEqualTo(key);
  }

  @Test
  void absentInputsStayAbsentAndDefaultsAreFilledIn() {
    KfpTask task = train(Map.of());
    assertThat(task.parameters())
        .doesNotContainKey("note")
        .containsEntry("flavour", new InputValue.Text("plain"))
        .containsEntry("rows", new InputValue.Int(12));
    assertThat(task.artifacts()).containsOnlyKeys("dataset");
  }

  @Test
  void offSaysWhereAndWhatToWrite() {
    KfpRun run = start(Map.of());
    KfpTask absent = task(run.ready(), "notify-start");
    assertThat(absent.caching().mode()).isEqualTo(Mode.OFF);
    assertThat(absent.caching().setting("mode").level()).isEqualTo(Level.TASK);
    assertThat(absent.caching().setting("mode").where())
        .startsWith("train.yaml:141: root.dag.tasks.notify-start has no cachingOptions")
        .contains("write cachingOptions: {enableCache: true}");
    List<KfpTask> all = Pretend.everything(start(Map.of()));
    assertThat(task(all, "notify").caching().setting("mode").where())
        .startsWith("train.yaml:130: root.dag.tasks.notify.cachingOptions is {}")
        .contains("write cachingOptions: {enableCache: true}");
    assertThat(task(all, "train").caching().setting("mode").toString())
        .startsWith("mode = READ_WRITE (TASK, train.yaml:");
  }

  @Test
  void aCacheKeyStandsForCommandAndInputs() {
    KfpTask publish = task(Pretend.everything(start(Map.of())), "publish");
    assertThat(publish.request().options().custom()).isEqualTo("published-v1");
    ComponentSpec other =
        ComponentSpec.builder()
            .label("publish")
            .image(ImageRef.parse(digest("alpine:3.20")))
            .command(List.of("anything"))
            .build();
    TaskRequest expected =
        TaskRequest.builder(other).customKey("published-v1").outputs(OutputSchema.NONE).build();
    assertThat(key(publish)).isEqualTo(expected.key(Pretend.RESOLVER).key().toString());
  }

  @Test
  void anEmptyCacheKeyIsNone() {
    String text = Pretend.text("train.yaml").replace("cacheKey: published-v1", "cacheKey: ''");
    KfpRun run = Pretend.run(KfpPipeline.parse("t.yaml", text), Map.of("data", "s3://data"));
    KfpTask publish = task(Pretend.everything(run), "publish");
    assertThat(publish.request().options().custom()).isNull();
    assertThat(Pretend.isCached(publish)).isTrue();
  }

  @Test
  void whoAsksIsKnownButNotInTheKey() {
    KfpRun run =
        KfpRun.builder(Pretend.pipeline("train.yaml"))
            .parameters(Map.of("data", "s3://data"))
            .namespace("team")
            .runId("run-2")
            .build();
    KfpTask task = task(run.ready(), "prepare");
    assertThat(task.request().namespace()).isEqualTo("team");
    assertThat(task.request().identity())
        .isEqualTo(new TaskIdentity("train-pipeline", "run-2", "prepare"));
    assertThat(task.request().component().displayName()).isEqualTo("prepare");
    assertThat(key(task)).isEqualTo(key(task(start(Map.of()).ready(), "prepare")));
  }

  @Test
  void jsonAndYamlAreOnePipeline() {
    Map<String, ?> parameters = Map.of("data", "s3://data");
    Map<String, String> yaml = new HashMap<>();
    Map<String, String> json = new HashMap<>();
    Pretend.everything(Pretend.run(Pretend.pipeline("train.yaml"), parameters)).stream()
        .filter(Pretend::isCached)
        .forEach(task -> yaml.put(task.path(), key(task)));
    Pretend.everything(Pretend.run(Pretend.pipeline("train.json"), parameters)).stream()
        .filter(Pretend::isCached)
        .forEach(task -> json.put(task.path(), key(task)));
    assertThat(json).isEqualTo(yaml).containsOnlyKeys("prepare", "train", "publish");
  }

  @Test
  void thePipelineSaysWhatItHas() {
    KfpPipeline pipeline = Pretend.pipeline("train.yaml");
    assertThat(pipeline.name()).isEqualTo("train-pipeline");
    assertThat(pipeline.file()).isEqualTo("train.yaml");
    assertThat(pipeline.parameters())
        .containsEntry("data", new KfpPipeline.Parameter(ValueType.Scalar.TEXT, null, false, 212))
        .containsEntry(
            "epochs",
            new KfpPipeline.Parameter(ValueType.Scalar.INT, new InputValue.Int(3), true, 214));
    assertThat(pipeline.steps())
        .containsExactly(
            new KfpPipeline.Step("notify-start", "alpine:3.20", 141),
            new KfpPipeline.Step("prepare", "alpine:3.20", 151),
            new KfpPipeline.Step("train", "python:3.11", 177),
            new KfpPipeline.Step("notify", "alpine:3.20", 129),
            new KfpPipeline.Step("publish", "alpine:3.20", 162));
  }

  @Test
  void parametersAreChecked() {
    assertThatThrownBy(() -> start(Map.of("speed", 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("parameters.speed: the pipeline has no such parameter; it has [data, epochs]");
    assertThatThrownBy(() -> Pretend.run("train.yaml"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("parameters.data: the parameter has no default; give a STRING");
    assertThatThrownBy(() -> start(Map.of("epochs", 2.5)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("parameters.epochs: the value is no NUMBER_INTEGER");
    assertThatThrownBy(() -> start(Map.of("epochs", "many")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("parameters.epochs: ");
  }

  @Test
  void outputsAreChecked() {
    KfpRun run = start(Map.of());
    KfpTask prepare = task(run.ready(), "prepare");
    assertThatThrownBy(() -> run.succeeded(prepare, Map.of("lines", new InputValue.Int(1))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("outputs.lines: the task prepare declares no such output");
    assertThatThrownBy(() -> run.succeeded(prepare, Map.of("rows", new InputValue.Text("x"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("outputs.rows: the value is no NUMBER_INTEGER");
    assertThatThrownBy(() -> run.succeeded(prepare, Map.of("dataset", new InputValue.Text("x"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("outputs.dataset: must be an artifact");
    run.succeeded(prepare, PREPARED);
    assertThatThrownBy(() -> run.failed(prepare)).isInstanceOf(IllegalStateException.class);
    assertThat(run.ready()).hasSize(1);
  }

  @Test
  void thePipelinesOutputsAreThoseOfItsTasks() {
    KfpRun run = start(Map.of());
    assertThat(run.outputs()).isEmpty();
    Pretend.everything(run);
    assertThat(run.outputs())
        .containsOnly(
            Map.entry("rows", new InputValue.Int("prepare".length())),
            Map.entry("model", artifact("train")));
  }
}

package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlyteTaskReaderTest {
  private static final String DIGEST = "sha256:" + "1".repeat(64);

  @Test
  void aContainerTask() {
    FlyteTask task = FlyteFiles.task("container");
    assertThat(task.project()).isEqualTo("shop");
    assertThat(task.domain()).isEqualTo("production");
    assertThat(task.name()).isEqualTo("shop.train.train");
    assertThat(task.component().displayName()).isEqualTo("shop.train.train");
    assertThat(task.component().image()).contains(new ImageRef.Digest(DIGEST));
    assertThat(task.component().declaredInputs()).containsOnlyKeys("rate", "data", "log_level");
    assertThat(task.caching()).isEqualTo(new FlyteCaching(true, "1.0", true, List.of("log_level")));
    assertThat(task.outputs())
        .isEqualTo(
            OutputSchema.parse("{\"o0\": {\"artifact\": \"flyte.Blob\"}, \"o1\": \"float64\"}"));
  }

  @Test
  void aTaskWithOriginalNamesNumbersAndNulls() {
    FlyteTask task = FlyteFiles.task("original-names");
    assertThat(task.caching()).isEqualTo(new FlyteCaching(true, "7", false, List.of("x")));
    assertThat(task.outputs()).isEqualTo(OutputSchema.NONE);
    assertThat(task.component().image()).contains(new ImageRef.Tag("ghcr.io/shop/raw:1"));
  }

  @Test
  void aPodTaskIsItsPrimaryContainer() {
    assertThat(FlyteFiles.task("pod").component().image()).contains(new ImageRef.Digest(DIGEST));
    assertThat(FlyteFiles.task("pod-config").component().image())
        .contains(new ImageRef.Digest(DIGEST));
  }

  @Test
  void whatChangesResultsIsInTheComponent() {
    assertDiffers("container", "\"device\": \"nvidia-tesla-a100\"", "\"device\": \"nvidia-l4\"");
    assertDiffers("container", "\"architecture\": \"AMD64\"", "\"architecture\": \"ARM64\"");
    assertDiffers("container", "\"key\": \"password\"", "\"key\": \"token\"");
    assertDiffers("container", "\"value\": \"C\"", "\"value\": \"D\"");
    assertDiffers("container", "\"task-name\"", "\"task-other\"");
    assertDiffers("container", "\"simple\": \"FLOAT\"", "\"simple\": \"INTEGER\"");
    assertDiffers("pod", "\"image\": \"envoy:1\"", "\"image\": \"envoy:2\"");
    assertDiffers("pod", "\"medium\": \"Memory\"", "\"medium\": \"\"");
    assertDiffers("pod", "\"-m\"", "\"-c\"");
    assertDiffers("pod", "\"podTemplateName\": \"gpu\"", "\"podTemplateName\": \"cpu\"");
    assertDiffers("sql", "select *", "select a");
    assertDiffers("sql", "\"ANSI\"", "\"HIVE\"");
    assertDiffers("sql", "\"ProjectID\": \"shop\"", "\"ProjectID\": \"bar\"");
    assertDiffers("original-names", "\"/in\"", "\"/inputs\"");
  }

  @Test
  void whatDoesNotChangeThemIsNot() {
    assertSame("container", "\"value\": \"2\"", "\"value\": \"4\"");
    assertSame("container", "\"description\": \"rate\"", "\"description\": \"the rate\"");
    assertSame("container", "\"version\": \"v42\"", "\"version\": \"v43\"");
    assertSame("container", "\"team\": \"ml\"", "\"team\": \"ops\"");
    assertSame("container", "\"retries\": 3", "\"retries\": 4");
    assertSame("pod", "\"cpu\": \"4\"", "\"cpu\": \"8\"");
  }

  private static void assertDiffers(String file, String from, String to) {
    assertThat(key(file, from, to)).as("%s: %s", file, to).isNotEqualTo(key(file, from, from));
  }

  private static void assertSame(String file, String from, String to) {
    assertThat(key(file, from, to)).as("%s: %s", file, to).isEqualTo(key(file, from, from));
  }

  private static String key(String file, String from, String to) {
    String json = new String(FlyteFiles.bytes("tasks/" + file + ".json"), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    FlyteTask task = FlyteTaskReader.json().task(FlyteFiles.utf8(json.replace(from, to)));
    return task.request(FlyteFiles.literals("{}"), FlyteIdentity.COMPONENT)
        .ignoringInputs(List.of())
        .build()
        .key(reference -> Optional.of(DIGEST))
        .key()
        .toString();
  }

  @Test
  void allTypesOfOutputs() {
    assertThat(FlyteFiles.task("types").outputs())
        .isEqualTo(
            OutputSchema.parse(
                """
                {"int": "int", "float": "float64", "text": "text", "bool": "bool",
                 "time": "timestamp", "duration": "decimal", "binary": "any", "none": "any",
                 "struct": "any", "list": {"list": {"list": "int"}}, "map": {"map": "text"},
                 "file": {"artifact": "flyte.Blob"}, "frame": {"artifact": "flyte.StructuredDataset"},
                 "schema": {"artifact": "flyte.Schema"}, "enum": {"enum": ["green", "red"]},
                 "union": "any", "record": {"record": {"a": "int", "b": "bool"}}, "offloaded": "int"}
                """));
  }

  @Test
  void allKindsOfLiterals() {
    Map<String, InputValue> primitives = literals("primitives");
    assertThat(primitives)
        .containsEntry("int", new InputValue.Int(-7))
        .containsEntry("big", new InputValue.Int(9007199254740993L))
        .containsEntry("float", new InputValue.Float64(1.5))
        .containsEntry("text", new InputValue.Text("a"))
        .containsEntry("bool", new InputValue.Bool(false))
        .containsEntry("time", new InputValue.Timestamp(Instant.parse("2019-03-29T12:00:00.500Z")))
        .containsEntry("duration", new InputValue.Decimal(new BigDecimal("1.5")))
        .containsEntry("none", InputValue.Null.NULL);
    assertThat(literals("nested"))
        .containsEntry("list", InputValue.of(List.of(List.of(1), List.of())))
        .containsEntry("map", InputValue.of(Map.of("a", 1, "b", 2)));
    assertThat(literals("stored").get("blob"))
        .isEqualTo(
            new InputValue.Artifact(
                "flyte.Blob",
                null,
                "s3://b/k",
                (InputValue.MapValue)
                    InputValue.of(
                        Map.of(
                            "metadata",
                            Map.of(
                                "type", Map.of("format", "csv", "dimensionality", "MULTIPART"))))));
    assertThat(literals("stored").values())
        .extracting(each -> ((InputValue.Artifact) each).type())
        .containsExactlyInAnyOrder(
            "flyte.Blob", "flyte.StructuredDataset", "flyte.Schema", "flyte.Offloaded");
    assertThat(literals("structs"))
        .containsEntry(
            "msgpack",
            InputValue.of(
                Map.of("value", new byte[] {(byte) 0x81, (byte) 0xa1, 0x61, 1}, "tag", "msgpack")))
        .hasEntrySatisfying(
            "config",
            config ->
                assertThat(((InputValue.MapValue) config).entries())
                    .containsEntry("layers", InputValue.of(List.of(64.0, 32.0)))
                    .containsEntry("none", InputValue.Null.NULL));
    assertThat(literals("hashed").get("frame"))
        .isEqualTo(
            new InputValue.Artifact(
                "flyte.Hashed",
                null,
                null,
                (InputValue.MapValue) InputValue.of(Map.of("hash", "abcde"))));
  }

  private static Map<String, InputValue> literals(String name) {
    return FlyteTaskReader.json().literals(FlyteFiles.bytes("literals/" + name + ".json")).values();
  }

  @Test
  void nodesOverrideTheirTasks() {
    assertThat(with("cache-off").caching().enabled()).isFalse();
    assertThat(with("cache-version").caching())
        .isEqualTo(new FlyteCaching(true, "2.0", true, List.of("log_level")));
    assertThat(FlyteFiles.task("sql").with(node("serialize")).caching().serialize()).isTrue();
    assertThat(with("image").component().image())
        .contains(new ImageRef.Digest("sha256:" + "2".repeat(64)));
    assertThat(with("image").caching()).isEqualTo(FlyteFiles.task("container").caching());
    assertThat(platform(with("pod-and-accelerator")))
        .isNotEqualTo(platform(FlyteFiles.task("container")));
    assertThat(node("image").id()).isEqualTo("n3");
  }

  private static String platform(FlyteTask task) {
    return task.request(FlyteFiles.literals("{}"), FlyteIdentity.COMPONENT)
        .build()
        .key(reference -> Optional.of(DIGEST))
        .key()
        .toString();
  }

  private static FlyteTask with(String node) {
    return FlyteFiles.task("container").with(node(node));
  }

  private static FlyteNode node(String name) {
    return FlyteTaskReader.json().node(FlyteFiles.bytes("nodes/" + name + ".json"));
  }

  /** The same message in bytes and in JSON is the same task. */
  @Test
  void bytesSayTheSameAsJson() {
    assertThat(FlyteFiles.names("tasks")).hasSizeGreaterThan(9);
    for (String name : FlyteFiles.names("tasks")) {
      Message json = read("TaskTemplate", name);
      byte[] bytes = WireForm.write(json);
      assertThat(WireMessages.read(json.type(), bytes)).as(name).isEqualTo(json);
      FlyteTask task = FlyteTaskReader.protobuf().task(bytes);
      assertThat(task.outputs())
          .isEqualTo(FlyteTaskReader.json().task(FlyteFiles.bytes(name)).outputs());
      Message spec = Message.empty("TaskSpec").set("template", json);
      assertThat(FlyteTaskReader.protobuf().taskSpec(WireForm.write(spec)).name())
          .isEqualTo(task.name());
    }
    for (String name : FlyteFiles.names("literals")) {
      Message json = read("LiteralMap", name);
      assertThat(FlyteTaskReader.protobuf().literals(WireForm.write(json)).values())
          .as(name)
          .isEqualTo(FlyteTaskReader.json().literals(FlyteFiles.bytes(name)).values())
          .isNotEmpty();
    }
    for (String name : FlyteFiles.names("nodes")) {
      Message json = read("Node", name);
      assertThat(FlyteTaskReader.protobuf().node(WireForm.write(json)).metadata())
          .as(name)
          .isEqualTo(json.message("metadata"));
    }
  }

  private static Message read(String type, String name) {
    return JsonMessages.read(
        FlyteMessages.of(type), new String(FlyteFiles.bytes(name), StandardCharsets.UTF_8));
  }
}

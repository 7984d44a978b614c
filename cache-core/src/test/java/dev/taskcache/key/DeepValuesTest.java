package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values and types that are built by hand nest no deeper than others, and overflow no stack. */
class DeepValuesTest {
  private static InputValue lists(int levels) {
    InputValue value = InputValue.Null.NULL;
    for (int i = 0; i < levels; i++) {
      value = new ListValue(List.of(value));
    }
    return value;
  }

  private static InputValue maps(int levels) {
    InputValue value = InputValue.Null.NULL;
    for (int i = 0; i < levels; i++) {
      value = new MapValue(Map.of("k", value));
    }
    return value;
  }

  private static InputValue metadata(int levels) {
    MapValue value = new MapValue(Map.of("k", InputValue.Null.NULL));
    for (int i = 1; i < levels; i++) {
      value = new MapValue(Map.of("k", new InputValue.Artifact("T", null, null, value)));
    }
    return value;
  }

  private static ValueType listsOf(int levels) {
    ValueType type = ValueType.Scalar.INT;
    for (int i = 0; i < levels; i++) {
      type = new ValueType.ListType(type);
    }
    return type;
  }

  private static TaskRequest.Builder request(ComponentSpec component) {
    return TaskRequest.builder(component).version("1");
  }

  private static void keyIsRefused(String path, TaskRequest.Builder request) {
    assertRefused(path, "nested deeper", () -> request.build().key(ImageDigestResolver.NONE).key());
  }

  @Test
  void aValueFiveThousandDeepIsRefusedByTheKeyAtItsInput() {
    ComponentSpec component = ComponentSpec.named("c");
    keyIsRefused("inputs.deep", request(component).input("ok", 1).input("deep", lists(5_000)));
    keyIsRefused("inputs.deep", request(component).input("deep", maps(5_000)));
    keyIsRefused("inputs.deep", request(component).input("deep", metadata(5_000)));
    keyIsRefused("inputs.deep", request(component).input("deep", List.of(lists(1_000))));
    keyIsRefused("policies.deep", request(component).policy("deep", lists(5_000)));
  }

  @Test
  void aDeepValueIsRefusedWithACustomKeyAndWhereItIsDeclaredToo() {
    ComponentSpec declared =
        ComponentSpec.builder()
            .name("c")
            .declaredInputs(
                Map.of("deep", InputSpec.required(new ValueType.ListType(ValueType.Scalar.ANY))))
            .build();
    keyIsRefused("inputs.deep", request(declared).input("deep", lists(5_000)));
    keyIsRefused(
        "inputs.deep",
        request(ComponentSpec.named("c")).customKey("k").input("deep", lists(5_000)));
  }

  @Test
  void aDeepPlatformValueIsRefusedByTheComponent() {
    assertRefused(
        "component.platform.p",
        "nested deeper",
        () -> ComponentSpec.builder().name("c").platform(Map.of("p", lists(1_001))).build());
  }

  @Test
  void aValueAThousandDeepHasAKeyIsEqualToItselfAndIsWritten() {
    assertThat(request(ComponentSpec.named("c")).input("deep", lists(1_000)).build())
        .satisfies(request -> request.key(ImageDigestResolver.NONE).key());
    assertThat(lists(1_000).equals(lists(1_000))).isTrue();
    assertThat(maps(1_000).equals(maps(1_000))).isTrue();
    assertThat(maps(1_000).hashCode()).isEqualTo(maps(1_000).hashCode());
    assertThat(JsonForm.read(JsonForm.write(lists(1_000))).equals(lists(1_000))).isTrue();
    assertThat(JsonForm.read(JsonForm.write(metadata(500))).equals(metadata(500))).isTrue();
  }

  @Test
  void aDeeperValueIsNotWritten() {
    assertRefused("", "nested deeper", () -> JsonForm.write(lists(100_000)));
    assertRefused("", "nested deeper", () -> JsonForm.write(maps(1_001)));
    assertRefused("", "nested deeper", () -> JsonForm.write(metadata(5_000)));
    assertRefused("", "nested deeper", () -> ValueDigest.of(lists(100_000)));
    assertRefused("", "nested deeper", () -> JsonForm.decode(lists(100_000), Place.root()));
  }

  @Test
  void aTypeNestsNoDeeperThanAValue() {
    assertRefused("type", "nested deeper", () -> InputSpec.required(listsOf(1_001)));
    assertRefused("type", "nested deeper", () -> InputSpec.required(listsOf(100_000)));
    assertThat(InputSpec.required(listsOf(1_000)).optional()).isFalse();
    assertRefused(
        "outputs.o", "nested deeper", () -> OutputSchema.of(Map.of("o", listsOf(100_000))));
    assertRefused(
        "definitions.unused",
        "nested deeper",
        () -> OutputSchema.of(Map.of(), Map.of("unused", listsOf(1_001))));
  }

  @Test
  void aSchemaAThousandDeepIsReadBackAndEqual() {
    OutputSchema schema = OutputSchema.of(Map.of("o", listsOf(1_000)));
    assertThat(OutputSchema.parse(schema.toString()).equals(schema)).isTrue();
  }

  @Test
  void aRecursiveTypeDoesNotLetADeepValueThrough() {
    ValueType ref = new ValueType.RefType("N");
    OutputSchema schema =
        OutputSchema.of(Map.of("o", ref), Map.of("N", new ValueType.ListType(ref)));
    InputValue empty = new ListValue(List.of());
    for (int i = 1; i < 1_000; i++) {
      empty = new ListValue(List.of(empty));
    }
    MapValue good = new MapValue(Map.of("o", empty));
    assertThat(schema.conform(good).equals(good)).isTrue();
    assertRefused(
        "outputs.o",
        "nested deeper",
        () -> schema.conform(new MapValue(Map.of("o", lists(100_000)))));
  }

  @Test
  void aStackThatIsTooSmallIsNoReasonToFailATask() throws InterruptedException {
    List<Throwable> thrown = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              thrown.add(catchThrowable(() -> ValueDigest.of(maps(1_000))));
              thrown.add(catchThrowable(() -> InputValue.of(nested(1_000))));
              thrown.add(catchThrowable(() -> JsonForm.write(lists(1_000))));
              thrown.add(catchThrowable(() -> OutputSchema.of(Map.of("o", listsOf(1_000)))));
              thrown.add(
                  catchThrowable(() -> JsonForm.parse("[".repeat(1_000) + "]".repeat(1_000))));
            },
            "small stack",
            160 * 1024);
    small.start();
    small.join();
    assertThat(thrown)
        .hasSize(5)
        .allSatisfy(
            each -> {
              if (each != null) {
                assertThat(each).isInstanceOf(InvalidRequestException.class);
              }
            });
  }

  private static Object nested(int levels) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return value;
  }
}

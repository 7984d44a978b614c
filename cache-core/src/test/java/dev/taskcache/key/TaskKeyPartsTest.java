package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which part of a key moves when which ingredient changes. */
class TaskKeyPartsTest {
  private static final String SHA = "sha256:" + "0a".repeat(32);

  private static ComponentSpec.Builder train() {
    return ComponentSpec.builder().name("train").image(ImageRef.parse("r@" + SHA));
  }

  private static TaskRequest.Builder request(ComponentSpec.Builder component) {
    return TaskRequest.builder(component.build())
        .version("1")
        .policy("seed", 1)
        .input("a", 1)
        .input("b", "x")
        .outputs(OutputSchema.of(Map.of("o", ValueType.Scalar.INT)));
  }

  private static KeyParts parts(TaskRequest.Builder request) {
    return request.build().key(ImageDigestResolver.NONE).parts(false);
  }

  private static Set<KeyPart> moved(KeyParts from, KeyParts to) {
    Set<KeyPart> moved = EnumSet.noneOf(KeyPart.class);
    for (KeyPart part : KeyPart.values()) {
      if (!Objects.equals(from.digests().get(part), to.digests().get(part))) {
        moved.add(part);
      }
    }
    return moved;
  }

  private static Set<KeyPart> movedByComponent(UnaryOperator<ComponentSpec.Builder> change) {
    return moved(parts(request(train())), parts(request(change.apply(train()))));
  }

  private static Set<KeyPart> movedByRequest(UnaryOperator<TaskRequest.Builder> change) {
    return moved(parts(request(train())), parts(change.apply(request(train()))));
  }

  @Test
  void aChangeOfTheComponentMovesTheComponent() {
    assertThat(movedByComponent(c -> c.name("other"))).containsExactly(KeyPart.COMPONENT);
    assertThat(movedByComponent(c -> c.command(List.of("x")))).containsExactly(KeyPart.COMPONENT);
    assertThat(movedByComponent(c -> c.platform(Map.of("os", InputValue.of("linux")))))
        .containsExactly(KeyPart.COMPONENT);
  }

  @Test
  void aChangeOfTheImageMovesTheImage() {
    assertThat(movedByComponent(c -> c.image(new ImageRef.Digest("sha256:" + "0b".repeat(32)))))
        .containsExactly(KeyPart.IMAGE);
    assertThat(movedByComponent(c -> c.image(new ImageRef.TagByName("python:3.11"))))
        .containsExactly(KeyPart.IMAGE);
  }

  @Test
  void aChangeOfTheVersionMovesTheVersion() {
    assertThat(movedByRequest(r -> r.version("2"))).containsExactly(KeyPart.VERSION);
  }

  @Test
  void aChangeOfAPolicyMovesThePolicies() {
    assertThat(movedByRequest(r -> r.policy("seed", 2))).containsExactly(KeyPart.POLICIES);
    assertThat(movedByRequest(r -> r.policy("more", 1))).containsExactly(KeyPart.POLICIES);
  }

  @Test
  void aChangeOfTheOutputsMovesTheOutputs() {
    assertThat(movedByRequest(r -> r.outputs(OutputSchema.NONE))).containsExactly(KeyPart.OUTPUTS);
  }

  @Test
  void aChangeOfAnInputMovesTheInputs() {
    assertThat(movedByRequest(r -> r.input("a", 2))).containsExactly(KeyPart.INPUTS);
    assertThat(movedByRequest(r -> r.input("c", 1))).containsExactly(KeyPart.INPUTS);
  }

  @Test
  void aCustomKeyStandsForComponentAndInputs() {
    KeyParts custom = parts(request(train()).customKey("nightly"));
    assertThat(custom.digests())
        .containsOnlyKeys(
            KeyPart.IMAGE, KeyPart.VERSION, KeyPart.OUTPUTS, KeyPart.POLICIES, KeyPart.CUSTOM);
    assertThat(custom.places(KeyPart.INPUTS)).isEmpty();
    assertThat(moved(custom, parts(request(train()).customKey("weekly"))))
        .containsExactly(KeyPart.CUSTOM);
  }

  @Test
  void aChangeOfWhatACustomKeyIsScopedByMovesTheCustomKey() {
    KeyParts custom = parts(request(train()).customKey("nightly"));
    assertThat(moved(custom, parts(request(train().name("other")).customKey("nightly"))))
        .containsExactly(KeyPart.CUSTOM);
    assertThat(moved(custom, parts(request(train().label("other")).customKey("nightly"))))
        .isEmpty();
  }

  @Test
  void eachInputHasADigestOfItsOwn() {
    Map<String, String> before = parts(request(train())).places(KeyPart.INPUTS);
    Map<String, String> after =
        parts(request(train()).input("a", 2).input("c", "x")).places(KeyPart.INPUTS);
    assertThat(before).containsOnlyKeys("a", "b");
    assertThat(before.values()).allMatch(digest -> digest.matches("[0-9a-f]{16}"));
    assertThat(after).containsOnlyKeys("a", "b", "c").containsEntry("b", before.get("b"));
    assertThat(after.get("a")).isNotEqualTo(before.get("a"));
    assertThat(after.get("c")).as("equal values").isEqualTo(before.get("b"));
  }

  @Test
  void anIgnoredInputHasNoDigest() {
    assertThat(parts(request(train()).ignoringInputs(List.of("a"))).places(KeyPart.INPUTS))
        .containsOnlyKeys("b");
  }

  @Test
  void partsAreDigestsOrTextsThatPeopleKnow() {
    KeyParts parts = parts(request(train()));
    assertThat(parts.digests())
        .containsEntry(KeyPart.VERSION, "1")
        .containsEntry(KeyPart.IMAGE, SHA)
        .doesNotContainKey(KeyPart.CUSTOM);
    assertThat(List.of(KeyPart.COMPONENT, KeyPart.INPUTS, KeyPart.OUTPUTS, KeyPart.POLICIES))
        .allSatisfy(part -> assertThat(parts.digests().get(part)).matches("[0-9a-f]{64}"));
  }

  @Test
  void aPartThatIsAbsentHasNoEntry() {
    TaskRequest.Builder bare = TaskRequest.builder(ComponentSpec.named("c")).version("1");
    assertThat(parts(bare).digests())
        .containsOnlyKeys(KeyPart.COMPONENT, KeyPart.VERSION, KeyPart.INPUTS, KeyPart.OUTPUTS);
  }
}

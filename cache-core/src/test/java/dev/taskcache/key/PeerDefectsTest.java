package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.kfp.InvalidPipelineException;
import dev.taskcache.kfp.KfpPipeline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Collisions and instabilities that other systems' keys have or had; none of them is ours. */
class PeerDefectsTest {
  private static final String A = "sha256:" + "0a".repeat(32);
  private static final String B = "sha256:" + "0b".repeat(32);

  private static TaskRequest.Builder task() {
    return TaskRequest.builder(ComponentSpec.named("t")).version("1");
  }

  private static CacheKey key(TaskRequest.Builder request) {
    return request.build().key(ImageDigestResolver.NONE).key();
  }

  private static CacheKey keyOf(Object input) {
    return key(task().input("x", input));
  }

  private static void differ(Object... inputs) {
    assertThat(Arrays.stream(inputs).map(PeerDefectsTest::keyOf)).doesNotHaveDuplicates();
  }

  @Test
  void defect1NeighbouringTextsDoNotRunTogether() {
    differ(List.of("ab", "c"), List.of("a", "bc"), List.of("abc"), "abc");
  }

  @Test
  void defect2NestingOfListsCounts() {
    differ(
        List.of(List.of("a"), "b"),
        List.of("a", List.of("b")),
        List.of("a", "b"),
        List.of(List.of("a", "b")));
  }

  @Test
  void defect3NullIsNotLeftOut() {
    differ(Arrays.asList("a", null), List.of("a"), Arrays.asList(null, "a"));
    assertThat(keyOf(null)).isNotEqualTo(key(task()));
  }

  @Test
  void defect4ValuesOfDifferentTypesDiffer() {
    differ(new BigDecimal("1.0"), "1.0", 1.0, 1, true, "1", new byte[] {1}, "true");
  }

  @Test
  void defect5NullIsNotZero() {
    differ(null, 0, 0.0, "", false, List.of(), Map.of(), new byte[0]);
  }

  @Test
  void defect6VersionAndInputDoNotRunTogether() {
    assertThat(key(task().version("1").input("x", "0abc")))
        .isNotEqualTo(key(task().version("10").input("x", "abc")));
  }

  @Test
  void defect7SwappedFilesDiffer() {
    assertThat(key(task().input("left", file(A)).input("right", file(B))))
        .isNotEqualTo(key(task().input("left", file(B)).input("right", file(A))));
    differ(List.of(file(A), file(B)), List.of(file(B), file(A)));
  }

  private static InputValue.Artifact file(String digest) {
    return new InputValue.Artifact("system.Dataset", digest, null, InputValue.MapValue.EMPTY);
  }

  @Test
  void defect8NamesAndValuesDoNotRunTogether() {
    assertThat(key(task().input("a", "b=1").input("c", "2")))
        .isNotEqualTo(key(task().input("a", "b").input("=1c", "2")));
    differ(Map.of("a", "bc"), Map.of("ab", "c"), Map.of("abc", ""), Map.of("", "abc"));
  }

  @Test
  void defect9SeparatorsInsideFieldsSeparateNothing() {
    assertThat(key(named("a_b", "c"))).isNotEqualTo(key(named("a", "b_c")));
    assertThat(key(named("a:b", "c"))).isNotEqualTo(key(named("a", "b:c")));
    assertThat(key(named("a\u0000b", "c"))).isNotEqualTo(key(named("a", "b\u0000c")));
  }

  private static TaskRequest.Builder named(String name, String version) {
    return TaskRequest.builder(ComponentSpec.named(name)).version(version);
  }

  @Test
  void defect10ChangedContentChangesTheKeyWhereverItLies() {
    differ(file(A), file(B));
    InputValue.Artifact moved =
        new InputValue.Artifact("system.Dataset", A, "s3://other/place", InputValue.MapValue.EMPTY);
    assertThat(keyOf(moved)).isEqualTo(keyOf(file(A)));
  }

  @Test
  void defect11TheOrderInWhichAMapWasFilledDoesNotCount() {
    List<String> names = new ArrayList<>(List.of("b", "aa", "\uff61", "\ud83d\ude00", "", "a"));
    Map<String, Object> forwards = new LinkedHashMap<>();
    names.forEach(name -> forwards.put(name, name.length()));
    Collections.reverse(names);
    Map<String, Object> backwards = new LinkedHashMap<>();
    names.forEach(name -> backwards.put(name, name.length()));

    assertThat(keyOf(forwards)).isEqualTo(keyOf(backwards));
  }

  @Test
  void defect14TheAttemptIsNotInTheKey() {
    TaskIdentity first = new TaskIdentity("p", "run-1-attempt-1", "t");
    TaskIdentity second = new TaskIdentity("p", "run-1-attempt-2", "t");

    assertThat(key(task().identity(first))).isEqualTo(key(task().identity(second)));
  }

  @Test
  void defect15APlaceholderThatNothingFillsIsRefused() {
    String pipeline =
        """
        components:
          comp-a:
            executorLabel: exec-a
        deploymentSpec:
          executors:
            exec-a:
              container:
                command: [echo, "{{$.inputs.parameters['missing']}}"]
                image: alpine
        pipelineInfo: {name: p}
        root:
          dag:
            tasks:
              a: {cachingOptions: {enableCache: true}, componentRef: {name: comp-a}}
        schemaVersion: 2.1.0
        """;

    assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", pipeline))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("p.yaml:8")
        .hasMessageContaining("missing");
  }
}

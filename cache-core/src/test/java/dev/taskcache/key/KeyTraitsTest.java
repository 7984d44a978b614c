package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.InputValue.Artifact;
import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.ValueType.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each trait of a request alone: whether it must change the key, or must not. */
class KeyTraitsTest {
  private static final String SHA = "sha256:" + "0a".repeat(32);
  private static final String OTHER_SHA = "sha256:" + "0b".repeat(32);

  private static ComponentSpec.Builder component() {
    return ComponentSpec.builder()
        .name("train")
        .label("Train")
        .image(ImageRef.parse("python@" + SHA))
        .command(List.of("python"))
        .args(List.of("a", "b"))
        .env(List.of(new EnvVar("A", "1"), new EnvVar("B", "2")))
        .platform(Map.of("os", InputValue.of("linux"), "cpus", InputValue.of(2)));
  }

  private static TaskRequest.Builder complete(TaskRequest.Builder request) {
    return request
        .namespace("team")
        .identity(new TaskIdentity("pipeline", "run", "task"))
        .version("1")
        .policy("p", 1)
        .policy("q", 2)
        .input("n", 1)
        .input("list", List.of("a", "b"))
        .input("map", Map.of("k", 1, "l", 2))
        .input("data", artifact("Data", SHA, "s3://a/b", MapValue.EMPTY))
        .input("place", artifact("Data", null, "s3://a/b", MapValue.EMPTY))
        .input("secret", new InputValue.Secret("db", "1"))
        .outputs(OutputSchema.of(Map.of("o", Scalar.INT)));
  }

  private static Artifact artifact(String type, String digest, String uri, MapValue metadata) {
    return new Artifact(type, digest, uri, metadata);
  }

  private static String key(TaskRequest.Builder request) {
    return request.build().key(ImageDigestResolver.NONE).key().toString();
  }

  private static final String KEY = key(complete(TaskRequest.builder(component().build())));

  private static DynamicTest moves(String trait, UnaryOperator<TaskRequest.Builder> change) {
    return dynamicTest(
        trait + " is in the key",
        () ->
            assertThat(key(change.apply(complete(TaskRequest.builder(component().build())))))
                .isNotEqualTo(KEY));
  }

  private static DynamicTest stays(String trait, UnaryOperator<TaskRequest.Builder> change) {
    return dynamicTest(
        trait + " is not in the key",
        () ->
            assertThat(key(change.apply(complete(TaskRequest.builder(component().build())))))
                .isEqualTo(KEY));
  }

  private static String withComponent(UnaryOperator<ComponentSpec.Builder> change) {
    return key(complete(TaskRequest.builder(change.apply(component()).build())));
  }

  private static DynamicTest componentMoves(
      String trait, UnaryOperator<ComponentSpec.Builder> change) {
    return dynamicTest(
        trait + " is in the key", () -> assertThat(withComponent(change)).isNotEqualTo(KEY));
  }

  private static DynamicTest componentStays(
      String trait, UnaryOperator<ComponentSpec.Builder> change) {
    return dynamicTest(
        trait + " is not in the key", () -> assertThat(withComponent(change)).isEqualTo(KEY));
  }

  private static Map<String, InputSpec> declared(ValueType n) {
    Map<String, InputSpec> declared = new LinkedHashMap<>();
    for (String name : List.of("list", "map", "data", "place", "secret")) {
      declared.put(name, InputSpec.required(Scalar.ANY));
    }
    declared.put("n", InputSpec.optional(n));
    return declared;
  }

  @TestFactory
  Stream<DynamicTest> whatChangesTheResultChangesTheKey() {
    return Stream.of(
        componentMoves("the component's name", c -> c.name("other")),
        componentMoves("the command", c -> c.command(List.of("python3"))),
        componentMoves("an argument", c -> c.args(List.of("a", "c"))),
        componentMoves("the arguments' order", c -> c.args(List.of("b", "a"))),
        componentMoves("the arguments' boundaries", c -> c.args(List.of("ab"))),
        componentMoves(
            "a variable's value", c -> c.env(List.of(new EnvVar("A", "1"), new EnvVar("B", "3")))),
        componentMoves(
            "the variables' order",
            c -> c.env(List.of(new EnvVar("B", "2"), new EnvVar("A", "1")))),
        componentMoves("the platform", c -> c.platform(Map.of("os", InputValue.of("linux")))),
        componentMoves("the image's digest", c -> c.image(new ImageRef.Digest(OTHER_SHA))),
        componentMoves("a tag by name", c -> c.image(new ImageRef.TagByName("python:3.11"))),
        componentMoves(
            "a tag that reads like the digest", c -> c.image(new ImageRef.TagByName(SHA))),
        componentMoves(
            "a declared type that the value is brought to",
            c -> c.declaredInputs(declared(Scalar.FLOAT64))),
        componentMoves(
            "the default of an absent input",
            c -> {
              Map<String, InputSpec> declared = declared(Scalar.INT);
              declared.put("more", InputSpec.withDefault(Scalar.INT, InputValue.of(1)));
              return c.declaredInputs(declared);
            }),
        moves("the version", r -> r.version("2")),
        moves("a policy's value", r -> r.policy("p", 2)),
        moves("a policy's name", r -> r.policy("r", 1)),
        moves("a custom key", r -> r.customKey("nightly")),
        moves("an input's value", r -> r.input("n", 2)),
        moves("an input's kind", r -> r.input("n", 1.0)),
        moves("an integer as text", r -> r.input("n", "1")),
        moves("another input", r -> r.input("more", 1)),
        moves("an input that is null", r -> r.input("more", null)),
        moves("an input that is ignored", r -> r.ignoringInputs(List.of("n"))),
        moves("the order of a list", r -> r.input("list", List.of("b", "a"))),
        moves("a list's boundaries", r -> r.input("list", List.of("ab", ""))),
        moves("an entry of a map", r -> r.input("map", Map.of("k", 1, "l", 3))),
        moves(
            "an artifact's digest",
            r -> r.input("data", artifact("Data", OTHER_SHA, "s3://a/b", MapValue.EMPTY))),
        moves(
            "an artifact's type",
            r -> r.input("data", artifact("Model", SHA, "s3://a/b", MapValue.EMPTY))),
        moves(
            "an artifact's metadata",
            r ->
                r.input(
                    "data",
                    artifact(
                        "Data", SHA, "s3://a/b", new MapValue(Map.of("k", InputValue.of(1)))))),
        moves(
            "the place of an artifact without a digest",
            r -> r.input("place", artifact("Data", null, "s3://a/c", MapValue.EMPTY))),
        moves("a secret's name", r -> r.input("secret", new InputValue.Secret("dc", "1"))),
        moves("a secret's version", r -> r.input("secret", new InputValue.Secret("db", "2"))),
        moves("an output's name", r -> r.outputs(OutputSchema.of(Map.of("p", Scalar.INT)))),
        moves("an output's type", r -> r.outputs(OutputSchema.of(Map.of("o", Scalar.ANY)))));
  }

  @TestFactory
  Stream<DynamicTest> whatDoesNotChangeTheResultDoesNotChangeTheKey() {
    return Stream.of(
        stays("the run", r -> r.identity(new TaskIdentity("pipeline", "other", "task"))),
        stays("the task's name", r -> r.identity(new TaskIdentity("pipeline", "run", "other"))),
        stays("the pipeline", r -> r.identity(new TaskIdentity("other", "run", "task"))),
        stays("who asks", r -> r.identity(TaskIdentity.UNKNOWN)),
        stays("the namespace", r -> r.namespace("other")),
        componentStays("the label", c -> c.label("Another")),
        componentStays("a label at all", c -> c.label("")),
        componentStays("the image's repository", c -> c.image(ImageRef.parse("r/py:3@" + SHA))),
        componentStays(
            "a declaration that changes no value", c -> c.declaredInputs(declared(Scalar.INT))),
        componentStays(
            "a default that is not taken",
            c -> {
              Map<String, InputSpec> declared = declared(Scalar.INT);
              declared.put("n", InputSpec.withDefault(Scalar.INT, InputValue.of(7)));
              return c.declaredInputs(declared);
            }),
        componentStays(
            "an optional input that is absent",
            c -> {
              Map<String, InputSpec> declared = declared(Scalar.INT);
              declared.put("more", InputSpec.optional(Scalar.INT));
              return c.declaredInputs(declared);
            }),
        componentStays(
            "a variable that a later one replaces",
            c -> c.env(List.of(new EnvVar("B", "0"), new EnvVar("A", "1"), new EnvVar("B", "2")))),
        componentStays(
            "the order of the platform's entries",
            c -> {
              Map<String, InputValue> platform = new LinkedHashMap<>();
              platform.put("cpus", InputValue.of(2));
              platform.put("os", InputValue.of("linux"));
              return c.platform(platform);
            }),
        stays(
            "the order of a map",
            r -> {
              Map<String, Integer> map = new LinkedHashMap<>();
              map.put("l", 2);
              map.put("k", 1);
              return r.input("map", map);
            }),
        stays(
            "the value of an ignored input",
            r -> r.input("ignored", 1).ignoringInputs(List.of("ignored"))),
        stays(
            "the place of an artifact with a digest",
            r -> r.input("data", artifact("Data", SHA, "gs://moved", MapValue.EMPTY))),
        stays(
            "a place at all beside a digest",
            r -> r.input("data", artifact("Data", SHA, null, MapValue.EMPTY))),
        stays("the order in which policies were added", r -> r.policy("q", 2).policy("p", 1)),
        stays(
            "a definition that nothing refers to",
            r ->
                r.outputs(
                    OutputSchema.of(Map.of("o", Scalar.INT), Map.of("Unused", Scalar.TEXT)))));
  }
}

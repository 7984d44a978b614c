package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ONE;
import static dev.taskcache.testing.Sample.TWO;
import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.declaring;
import static dev.taskcache.testing.Sample.image;
import static dev.taskcache.testing.Sample.of;
import static dev.taskcache.testing.Sample.policy;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.InputSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.store.Outputs;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What does not make another task: a hit each time. */
final class SameTask {
  private static final String MISS = "A miss NO_EARLIER_RESULT -> 1, stored";
  private static final String HIT = "A hit ENTRY_FOUND -> 1";

  private SameTask() {}

  static List<Situation> all() {
    return List.of(
        same("the same again", train().input("epochs", 1), "again", train().input("epochs", 1)),
        Situation.of(
            "a task without outputs",
            ask("a task without outputs", nothing())
                .returning(run -> Outputs.NONE)
                .says("A miss NO_EARLIER_RESULT -> nothing, stored"),
            ask("again", nothing()).says("A hit ENTRY_FOUND -> nothing")),
        same(
            "the order of a map (defect 11)",
            train().input("config", map("a", "b")),
            "filled the other way round",
            train().input("config", map("b", "a"))),
        same(
            "another description of an output",
            described("The area under the curve."),
            "described otherwise",
            described("AUC")),
        same(
            "another title, example and comment of an output",
            train().outputs(OutputSchema.ofJsonSchema("out", "{\"type\": \"integer\"}")),
            "with them",
            train()
                .outputs(
                    OutputSchema.ofJsonSchema(
                        "out",
                        "{\"type\": \"integer\", \"title\": \"Score\", \"examples\": [1],"
                            + " \"$comment\": \"as before\"}"))),
        same(
            "another run, attempt and name in the pipeline",
            train().identity(new TaskIdentity("nightly", "7-attempt-1", "train")),
            "in another run",
            train().identity(new TaskIdentity("weekly", "8-attempt-2", "train-2"))),
        same(
            "another label of a component without a name",
            of(ComponentSpec.builder().label("train").command(List.of("train")).build()),
            "labelled otherwise",
            of(ComponentSpec.builder().label("train-2").command(List.of("train")).build())),
        same(
            "an ignored input",
            train().input("epochs", 1).input("verbose", true).ignoringInputs(List.of("verbose")),
            "with another value of it",
            train().input("epochs", 1).input("verbose", false).ignoringInputs(List.of("verbose"))),
        same(
            "a default",
            declaring(InputSpec.withDefault(ValueType.Scalar.INT, InputValue.of(3))),
            "given",
            declaring(InputSpec.withDefault(ValueType.Scalar.INT, InputValue.of(3)))
                .input("epochs", 3)),
        same(
            "an integer for a declared float64",
            declaring(InputSpec.required(ValueType.Scalar.FLOAT64)).input("epochs", 5),
            "5.0",
            declaring(InputSpec.required(ValueType.Scalar.FLOAT64)).input("epochs", 5.0)),
        same(
            "a decimal's trailing zeros",
            train().input("rate", new BigDecimal("1.50")),
            "1.5",
            train().input("rate", new BigDecimal("1.5"))),
        same(
            "a time's offset",
            train().input("since", Instant.parse("2026-01-01T00:00:00Z")),
            "the same moment in another zone",
            train()
                .input(
                    "since",
                    OffsetDateTime.of(2026, 1, 1, 2, 0, 0, 0, ZoneOffset.ofHours(2)).toInstant())),
        same("an artifact's place", artifact("s3://a/data"), "moved", artifact("s3://b/data")),
        same(
            "an environment variable that is set twice",
            env(new EnvVar("MODE", "slow"), new EnvVar("MODE", "fast")),
            "once, the last way",
            env(new EnvVar("MODE", "fast"))),
        same(
            "the order of outputs",
            train()
                .outputs(OutputSchema.parse("{\"out\":\"int\",\"loss\":{\"optional\":\"int\"}}")),
            "declared the other way round",
            train()
                .outputs(OutputSchema.parse("{\"loss\":{\"optional\":\"int\"},\"out\":\"int\"}"))),
        same(
            "an image's repository",
            image("docker.io/library/python@" + ONE),
            "from a mirror",
            image("mirror.example/python@" + ONE)),
        Situation.of(
            "a tag with a resolver (defect 16)",
            ask("by digest", image("python@" + ONE)).says(MISS),
            then("3.11 means that digest", scene -> scene.world.image = () -> Optional.of(ONE)),
            ask("by tag", image("python:3.11")).by(resolving()).says(HIT)),
        same(
            "a custom key",
            train().input("epochs", 1).customKey("monday"),
            "with another input",
            train().input("epochs", 2).customKey("monday")),
        same(
            "the policy INPUTS",
            inputsAlone("python@" + ONE).input("epochs", 1),
            "with another image",
            inputsAlone("python@" + TWO).input("epochs", 1)),
        same(
            "the order of two policies (defect 12)",
            policy(CachePolicy.version("1").and(CachePolicy.salt("s"))),
            "the other way round",
            policy(CachePolicy.salt("s").and(CachePolicy.version("1")))),
        same(
            "the order of three policies, one of the host's own (defect 12)",
            policy(own().and(CachePolicy.salt("s")).and(CachePolicy.version("1"))),
            "another order",
            policy(CachePolicy.version("1").and(own().and(CachePolicy.salt("s"))))),
        same(
            "a secret's value, which nobody sees",
            train().input("token", new InputValue.Secret("api", "3")),
            "the same version of the secret",
            train().input("token", new InputValue.Secret("api", "3"))));
  }

  static By resolving() {
    return By.of("a cache with a resolver", (world, builder) -> builder.images(world.images()));
  }

  private static Situation same(
      String name, TaskRequest.Builder first, String how, TaskRequest.Builder second) {
    return Situation.of(name, ask("a task", first).says(MISS), ask(how, second).says(HIT));
  }

  private static TaskRequest.Builder nothing() {
    return train().outputs(OutputSchema.NONE);
  }

  private static TaskRequest.Builder described(String description) {
    return train()
        .outputs(
            OutputSchema.ofJsonSchema(
                "out", "{\"type\": \"integer\", \"description\": \"" + description + "\"}"));
  }

  private static Map<String, Integer> map(String first, String second) {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put(first, 1);
    map.put(second, 1);
    return map;
  }

  private static TaskRequest.Builder artifact(String uri) {
    return train()
        .input("data", new InputValue.Artifact("Dataset", ONE, uri, InputValue.MapValue.EMPTY));
  }

  private static TaskRequest.Builder env(EnvVar... variables) {
    return of(ComponentSpec.builder().name("train").env(List.of(variables)).build());
  }

  private static TaskRequest.Builder inputsAlone(String image) {
    return image(image).options(Sample.options(CachePolicy.INPUTS));
  }

  private static CachePolicy own() {
    return CachePolicy.of("library", () -> "sklearn 1.5");
  }
}

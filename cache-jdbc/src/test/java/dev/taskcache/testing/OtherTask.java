package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ONE;
import static dev.taskcache.testing.Sample.TWO;
import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.image;
import static dev.taskcache.testing.Sample.of;
import static dev.taskcache.testing.Sample.policy;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.store.Outputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What makes another task, and how a miss explains it. */
final class OtherTask {
  private OtherTask() {}

  static List<Situation> all() {
    return List.of(
        other("an input", train().input("rate", 0.01), train().input("rate", 0.02), input("rate")),
        other(
            "one field deep inside an input",
            train().input("config", Map.of("layers", List.of(Map.of("units", 8)))),
            train().input("config", Map.of("layers", List.of(Map.of("units", 16)))),
            input("config.layers[0].units")),
        other("an input more", train(), train().input("rate", 0.01), input("rate")),
        other("an input less", train().input("rate", 0.01), train(), input("rate")),
        other("null for nothing", train(), train().input("rate", null), input("rate")),
        other(
            "an integer for a float64",
            train().input("rate", 1.0),
            train().input("rate", 1),
            input("rate")),
        other(
            "a text for an integer",
            train().input("rate", 1),
            train().input("rate", "1"),
            input("rate")),
        other(
            "the order of a list",
            train().input("files", List.of("a", "b")),
            train().input("files", List.of("b", "a")),
            "INPUT_CHANGED (input \"files[0]\", input \"files[1]\")"),
        other("an artifact's content", artifact(ONE), artifact(TWO), input("data")),
        other(
            "a secret's version",
            train().input("token", new InputValue.Secret("api", "3")),
            train().input("token", new InputValue.Secret("api", "4")),
            input("token")),
        other(
            "the command",
            command("train"),
            command("train --fast"),
            "COMPONENT_CHANGED (component \"command[0]\")"),
        other(
            "an environment variable",
            env("slow"),
            env("fast"),
            "COMPONENT_CHANGED (component \"env.MODE\")"),
        other("the image", image("python@" + ONE), image("python@" + TWO), "IMAGE_CHANGED (image)"),
        Situation.of(
            "a tag that moved (defect 16)",
            then("3.11 means one digest", scene -> scene.world.image = () -> Optional.of(ONE)),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("A miss NO_EARLIER_RESULT -> 1, stored"),
            then("and then another", scene -> scene.world.image = () -> Optional.of(TWO)),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("B miss IMAGE_CHANGED (image) -> 2, stored")),
        other(
            "the version", train().version("1"), train().version("2"), "VERSION_CHANGED (version)"),
        other(
            "an output's type",
            train(),
            train().outputs(OutputSchema.parse("{\"out\":\"any\"}")),
            "OUTPUT_SCHEMA_CHANGED (output type \"out\")"),
        other(
            "an output more",
            train(),
            train()
                .outputs(OutputSchema.parse("{\"out\":\"int\",\"loss\":{\"optional\":\"int\"}}")),
            "OUTPUT_SCHEMA_CHANGED (output type \"loss\")"),
        Situation.of(
            "no outputs any more",
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("without outputs", train().outputs(OutputSchema.NONE))
                .returning(run -> Outputs.NONE)
                .says("B miss OUTPUT_SCHEMA_CHANGED (output type \"out\") -> nothing, stored")),
        other(
            "a policy",
            policy(CachePolicy.salt("a")),
            policy(CachePolicy.salt("b")),
            "POLICY_CHANGED (policy \"salt\")"),
        other(
            "a policy more",
            policy(CachePolicy.version("1")),
            policy(CachePolicy.version("1").and(CachePolicy.salt("b"))),
            "POLICY_CHANGED (policy \"salt\")"),
        other(
            "the custom key",
            train().customKey("monday"),
            train().customKey("tuesday"),
            "CUSTOM_KEY_CHANGED (custom key)"),
        other(
            "another component's custom key",
            train().customKey("monday"),
            of(ComponentSpec.named("evaluate")).customKey("monday"),
            "NO_EARLIER_RESULT"),
        other(
            "another component",
            train().input("rate", 1),
            of(ComponentSpec.named("evaluate")).input("rate", 1),
            "NO_EARLIER_RESULT"),
        Situation.of(
            "another namespace",
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("in another namespace", train().namespace("team-b"))
                .says("A miss NO_EARLIER_RESULT -> 2, stored"),
            ask("in the first", train()).says("A hit ENTRY_FOUND -> 1")));
  }

  private static String input(String place) {
    return "INPUT_CHANGED (input \"" + place + "\")";
  }

  private static Situation other(
      String name, TaskRequest.Builder first, TaskRequest.Builder second, String why) {
    return Situation.of(
        name,
        ask("a task", first).says("A miss NO_EARLIER_RESULT -> 1, stored"),
        ask("changed", second).says("B miss " + why + " -> 2, stored"),
        ask("as before", first).says("A hit ENTRY_FOUND -> 1"));
  }

  private static TaskRequest.Builder artifact(String digest) {
    return train()
        .input(
            "data",
            new InputValue.Artifact("Dataset", digest, "s3://a/data", InputValue.MapValue.EMPTY));
  }

  private static TaskRequest.Builder command(String command) {
    return of(ComponentSpec.builder().name("train").command(List.of(command)).build());
  }

  private static TaskRequest.Builder env(String value) {
    return of(
        ComponentSpec.builder().name("train").env(List.of(new EnvVar("MODE", value))).build());
  }
}

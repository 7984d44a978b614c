package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ONE;
import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.image;
import static dev.taskcache.testing.Sample.policy;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CodeNotIdentifiableException;
import dev.taskcache.policy.NotCached;
import java.util.List;
import java.util.Optional;

/** What has no key is not cached: it runs each time, and nothing of it is left out silently. */
final class WithoutKey {
  private WithoutKey() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "a tag without a resolver (defect 16)",
            ask("by tag", image("python:3.11"))
                .says("– bypass IMAGE_NOT_RESOLVED -> 1, nothing written"),
            ask("again", image("python:3.11"))
                .says("– bypass IMAGE_NOT_RESOLVED -> 2, nothing written")),
        Situation.of(
            "a tag that the resolver does not know (defect 16)",
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("– bypass IMAGE_NOT_RESOLVED -> 1, nothing written")),
        Situation.of(
            "a resolver that fails (defects 13 and 16)",
            then(
                "the registry is down",
                scene -> scene.world.image = World.failing("the registry does not answer")),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("– bypass KEY_FAILED -> 1, nothing written")),
        Situation.of(
            "a resolver that fails for a while (defect 13)",
            then("3.11 means a digest", scene -> scene.world.image = () -> Optional.of(ONE)),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("A miss NO_EARLIER_RESULT -> 1, stored"),
            then(
                "the registry is down",
                scene -> scene.world.image = World.failing("the registry does not answer")),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("– bypass KEY_FAILED -> 2, nothing written"),
            then("and up again", scene -> scene.world.image = () -> Optional.of(ONE)),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "a resolver whose answer is no digest",
            then("3.11 means \"latest\"", scene -> scene.world.image = () -> Optional.of("latest")),
            ask("by tag", image("python:3.11"))
                .by(SameTask.resolving())
                .says("– bypass KEY_FAILED -> 1, nothing written")),
        Situation.of(
            "a policy that fails (defect 13)",
            ask("a task", policy(failing())).says("– bypass KEY_FAILED -> 1, nothing written")),
        Situation.of(
            "one of two policies fails, and is not left out (defect 13)",
            ask("with one policy", policy(CachePolicy.salt("a")))
                .says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("with one that fails, too", policy(CachePolicy.salt("a").and(failing())))
                .says("– bypass KEY_FAILED -> 2, nothing written"),
            ask("the other way round", policy(failing().and(CachePolicy.salt("a"))))
                .says("– bypass KEY_FAILED -> 3, nothing written")),
        Situation.of(
            "a policy's value that cannot be encoded (defect 13)",
            ask("a task", policy(CachePolicy.of("code", Object::new)))
                .says("– bypass KEY_FAILED -> 1, nothing written")),
        Situation.of(
            "an input that cannot be encoded (defect 13)",
            ask("without it", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("with it", train().input("socket", new Object()))
                .says("– bypass KEY_FAILED -> 2, nothing written")),
        Situation.of(
            "the policy of the image's digest, and no image",
            ask("a task", withoutImage()).says("– bypass KEY_FAILED -> 1, nothing written")),
        Situation.of(
            "a lambda that nothing tells from others",
            ask("a task", policy(CachePolicy.of("code", WithoutKey::lambda)))
                .says("– bypass CODE_NOT_IDENTIFIABLE -> 1, nothing written")),
        Situation.of(
            "a command that differs in every run",
            ask(
                    "a task",
                    train().notCached(new NotCached(Reason.RUN_SPECIFIC, "args[0]: the run's id")))
                .says("– bypass RUN_SPECIFIC -> 1, nothing written")));
  }

  private static Object lambda() {
    throw new CodeNotIdentifiableException("a lambda that is not serializable");
  }

  private static CachePolicy failing() {
    return CachePolicy.of("code", World.failing("git does not answer"));
  }

  private static TaskRequest.Builder withoutImage() {
    return TaskRequest.builder(ComponentSpec.named("train"))
        .outputs(Sample.OUT)
        .options(Sample.options(CachePolicy.imageDigest()));
  }
}

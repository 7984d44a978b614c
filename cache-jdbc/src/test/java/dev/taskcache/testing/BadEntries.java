package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ANY;
import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.pass;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Purge;
import dev.taskcache.testing.FaultyStore.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Entries that are there and of no use, and entries that are gone. */
final class BadEntries {
  private static final String STORED = "A miss NO_EARLIER_RESULT -> 1, stored";
  private static final By VERIFYING =
      By.of("a cache that looks at artifacts", (world, it) -> it.verify(world.verifier()));

  /** What a task returns. */
  record Text(String text) {}

  /** The same in a later version of the code, that cannot read it. */
  record Number(int number) {}

  private BadEntries() {}

  static List<Situation> all() {
    return List.of(
        artifacts("the store without an entry's artifacts (defect 17)", Reason.OUTPUT_MISSING),
        artifacts("an artifact with another content", Reason.OUTPUT_CHANGED),
        Situation.of(
            "artifacts that nobody can look at (defect 17)",
            ask("a task", model()).returning(Sample::model).by(VERIFYING).says(STORED),
            then(
                "the bucket is down",
                scene -> scene.world.artifacts = World.failing("the bucket does not answer")),
            ask("again", model())
                .returning(Sample::model)
                .by(VERIFYING)
                .says("A miss VERIFICATION_FAILED -> 2, stored")),
        Situation.of(
            "artifacts that this task does not want looked at",
            ask("a task", model()).returning(Sample::model).by(VERIFYING).says(STORED),
            then(
                "they are gone",
                scene -> scene.world.artifacts = World.fault(Reason.OUTPUT_MISSING)),
            ask("again", model().options(unverified()))
                .by(VERIFYING)
                .says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "a typed result that cannot be read any more",
            ask("a text", typed()).as(Text.class, run -> new Text("run " + run)).says(STORED),
            ask("as a number", typed())
                .as(Number.class, Number::new)
                .says("A miss ENTRY_UNREADABLE -> 2, stored"),
            ask("again", typed()).as(Number.class, Number::new).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "a damaged entry",
            ask("a task", train()).says(STORED),
            then("it is damaged", scene -> scene.test.store().on(Call.FIND).next(1).corrupt()),
            ask("again", train()).says("A miss ENTRY_DAMAGED -> 2, stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "a replica that lags behind",
            ask("a task", train()).says(STORED),
            then(
                "the next look does not see it",
                scene -> scene.test.store().on(Call.FIND).next(1).lose()),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "a result that the database forgot",
            then(
                "the next publish is lost",
                scene -> scene.test.store().on(Call.PUBLISH).next(1).lose()),
            ask("a task", train()).says(STORED),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        invalidated("by its key", scene -> scene.invalidate(new EntrySelector.Key(key()))),
        invalidated(
            "by its component", scene -> scene.invalidate(new EntrySelector.Component("train"))),
        invalidated("by its run", scene -> scene.invalidate(new EntrySelector.Run("7"))),
        invalidated(
            "as created before the last hour",
            scene ->
                scene.invalidate(
                    new EntrySelector.CreatedBefore(
                        scene.test.clock().instant().minus(Duration.ofHours(1))))),
        invalidated(
            "as unused for an hour",
            scene ->
                scene.invalidate(
                    new EntrySelector.UnusedSince(
                        scene.test.clock().instant().minus(Duration.ofHours(1))))),
        Situation.of(
            "not invalidated, as it is another one's",
            ask("a task of run 7", inRun7()).says(STORED),
            then("alice invalidates run 8", scene -> scene.invalidate(new EntrySelector.Run("8"))),
            ask("again", inRun7()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "invalidated while it runs",
            ask("a task", train())
                .meanwhile(
                    then(
                        "alice invalidates the component",
                        scene -> scene.invalidate(new EntrySelector.Component("train"))))
                .says("A miss NO_EARLIER_RESULT -> 1, superseded by nobody"),
            ask("again", train()).says("A miss INVALIDATED -> 2, stored")),
        Situation.of(
            "purged, as it had expired",
            ask("a task", train())
                .by(
                    By.of(
                        "a cache whose entries live an hour",
                        (world, it) -> it.entriesExpireAfter(Duration.ofHours(1))))
                .says(STORED),
            pass(Duration.ofHours(4)),
            then("the store is purged", scene -> scene.purge(Purge.DEAD)),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "purged, as nobody used it",
            ask("a task", train()).says(STORED),
            pass(Duration.ofHours(4)),
            then(
                "what was not used for 3 hours is purged",
                scene -> scene.purge(new Purge(Duration.ofHours(3), Duration.ofHours(1)))),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "not purged, as somebody used it",
            ask("a task", train()).says(STORED),
            pass(Duration.ofHours(4)),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1"),
            then(
                "what was not used for 3 hours is purged",
                scene -> scene.purge(new Purge(Duration.ofHours(3), Duration.ofHours(1)))),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")));
  }

  private static Situation artifacts(String name, Reason reason) {
    return Situation.of(
        name,
        ask("a task", model()).returning(Sample::model).by(VERIFYING).says(STORED),
        ask("again", model()).by(VERIFYING).says("A hit ENTRY_FOUND -> 1"),
        then("they are bad", scene -> scene.world.artifacts = World.fault(reason)),
        ask("again", model())
            .returning(Sample::model)
            .by(VERIFYING)
            .says("A miss " + reason + " -> 2, stored"),
        then("all is well", scene -> scene.world.artifacts = Optional::empty),
        ask("again", model()).by(VERIFYING).says("A hit ENTRY_FOUND -> 2"));
  }

  private static Situation invalidated(String how, Step.Act act) {
    return Situation.of(
        "invalidated " + how,
        ask("a task of run 7", inRun7()).says(STORED),
        pass(Duration.ofHours(2)),
        then("alice invalidates it", act),
        ask("again", inRun7()).says("A miss INVALIDATED -> 2, stored"),
        ask("again", inRun7()).says("A hit ENTRY_FOUND -> 2"));
  }

  private static CacheKey key() {
    return inRun7().build().key(ImageDigestResolver.NONE).key();
  }

  private static TaskRequest.Builder inRun7() {
    return train().identity(new TaskIdentity("nightly", "7", "train"));
  }

  private static TaskRequest.Builder model() {
    return train().outputs(ANY);
  }

  private static TaskRequest.Builder typed() {
    return train().outputs(OutputSchema.parse("{\"result\":\"any\"}"));
  }

  private static CachingOptions unverified() {
    return CachingOptions.builder().verification(Verification.NONE).build();
  }
}

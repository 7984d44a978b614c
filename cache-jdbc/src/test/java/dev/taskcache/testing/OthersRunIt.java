package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.mode;
import static dev.taskcache.testing.Sample.pass;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.policy.Mode;
import dev.taskcache.testing.FaultyStore.Call;
import java.time.Duration;
import java.util.List;

/** Several who want the same task: one runs it, and who comes late is told so. */
final class OthersRunIt {
  private static final Step CLAIMED =
      then("another process claims it", scene -> scene.claimElsewhere(train().build()));

  private OthersRunIt() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "the lease is held elsewhere",
            CLAIMED,
            ask("a task", train()).says("A in flight RUNNING_ELSEWHERE")),
        Situation.of(
            "the lease is held elsewhere over an entry",
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            then("another process refreshes it", scene -> scene.claimElsewhere(refreshed())),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1"),
            ask("with --refresh", train().options(mode(Mode.REFRESH)))
                .says("A in flight RUNNING_ELSEWHERE")),
        Situation.of(
            "the lease is held elsewhere, and read only",
            CLAIMED,
            ask("a task", train().options(mode(Mode.READ_ONLY)))
                .says("A miss NO_EARLIER_RESULT -> 1, nothing written")),
        Situation.of(
            "waited for, and published",
            CLAIMED,
            whenItWaits("it publishes", Scene::publishElsewhere),
            ask("a task", train()).by(By.WAITING).says("A hit RUN_BY_ANOTHER -> 1"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "waited for, and given back",
            CLAIMED,
            whenItWaits("it gives up", Scene::abandonElsewhere),
            ask("a task", train()).by(By.WAITING).says("A miss NO_EARLIER_RESULT -> 1, stored")),
        Situation.of(
            "waited for, and its owner dies",
            CLAIMED,
            whenItWaits("its lease ends", scene -> scene.elapse(Duration.ofHours(2))),
            ask("a task", train()).by(By.WAITING).says("A miss NO_EARLIER_RESULT -> 1, stored")),
        Situation.of(
            "its owner is dead",
            CLAIMED,
            pass(Duration.ofHours(2)),
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored")),
        Situation.of(
            "two writers, and the other one takes over",
            ask("a task", train())
                .meanwhile(pass(Duration.ofHours(2)), CLAIMED)
                .says("A miss NO_EARLIER_RESULT -> 1, superseded by another"),
            then("the other one publishes", Scene::publishElsewhere),
            ask("again", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "two writers, and the other one is first",
            ask("a task", train())
                .meanwhile(
                    pass(Duration.ofHours(2)),
                    CLAIMED,
                    then("it publishes", Scene::publishElsewhere))
                .says("A miss NO_EARLIER_RESULT -> 1, already stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "late, and nobody took over",
            ask("a task", train())
                .meanwhile(pass(Duration.ofHours(2)))
                .says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "the run is cancelled, and its leases given back",
            ask("a task of run 7", inRun7())
                .meanwhile(
                    then(
                        "run 7 is cancelled",
                        scene -> scene.test.store().abandonAll("default", "7")))
                .says("A miss NO_EARLIER_RESULT -> 1, superseded by nobody"),
            ask("again", inRun7()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "a task that fails",
            ask("a task", train())
                .returning(World::outOfMemory)
                .says("A miss NO_EARLIER_RESULT -> fails"),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "a task that fails while an older result is there",
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("with --refresh", train().options(mode(Mode.REFRESH)))
                .returning(World::outOfMemory)
                .says("A miss REFRESH_REQUESTED -> fails"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")));
  }

  private static Step whenItWaits(String what, Step.Act act) {
    return then(
        "when somebody waits for it, " + what,
        scene ->
            scene
                .test
                .store()
                .on(Call.AWAIT)
                .next(1)
                .first(
                    () -> {
                      try {
                        act.in(scene);
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }));
  }

  private static TaskRequest refreshed() {
    return train().options(mode(Mode.REFRESH)).build();
  }

  private static TaskRequest.Builder inRun7() {
    return train().identity(new TaskIdentity("nightly", "7", "train"));
  }
}

package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.store.Outputs;
import dev.taskcache.testing.FaultyStore.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Results that cannot be stored, and stores that fail: the caller has the result all the same. */
final class Unwritten {
  private static final By SMALL =
      By.of("a cache of small results", (world, it) -> it.maxOutputBytes(100));

  private Unwritten() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "too large",
            ask("a task", large())
                .returning(run -> text("x".repeat(200)))
                .by(SMALL)
                .says("A miss NO_EARLIER_RESULT -> 1, too large"),
            ask("again", large())
                .returning(run -> text("x"))
                .by(SMALL)
                .says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "an output that is not declared",
            ask("a task", train())
                .returning(run -> Outputs.of(Map.of("out", run, "loss", run)))
                .says("A miss NO_EARLIER_RESULT -> 1, not encodable"),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "an output that is missing",
            ask("a task", train())
                .returning(run -> Outputs.NONE)
                .says("A miss NO_EARLIER_RESULT -> nothing, not encodable")),
        Situation.of(
            "an output of another type",
            ask("a task", train())
                .returning(run -> text("high"))
                .says("A miss NO_EARLIER_RESULT -> 1, not encodable")),
        Situation.of(
            "the store fails when the result is written",
            then("the next publish fails", scene -> next(scene, Call.PUBLISH).fail()),
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, store failed"),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "the reply to the publish is lost",
            then("the next publish breaks off", scene -> next(scene, Call.PUBLISH).loseReply()),
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, store failed"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "noting a use fails",
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            then("the next note fails", scene -> next(scene, Call.USED).fail()),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "the explanation cannot be looked up",
            then("the next look-up fails", scene -> next(scene, Call.EARLIER).fail()),
            ask("a task", train()).says("A miss NO_ENTRY -> 1, stored")),
        Situation.of(
            "a slow store",
            then(
                "each call takes a minute",
                scene -> scene.test.store().on().delay(Duration.ofMinutes(1))),
            ask("a task", train()).says("A miss NO_EARLIER_RESULT -> 1, stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "the store is down: who has no lease cannot publish in steps",
            then("everything fails", scene -> scene.test.store().on().fail()),
            ask("a task", train())
                .says("A miss STORE_FAILED -> 1, store failed")
                .butInSteps("A miss STORE_FAILED -> 1, nothing written"),
            then("the store is up again", scene -> scene.test.store().heal()),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "the store is down when the lease is claimed: the same",
            then("the next claim fails", scene -> next(scene, Call.CLAIM).fail()),
            ask("a task", train())
                .says("A miss STORE_FAILED -> 1, stored")
                .butInSteps("A miss STORE_FAILED -> 1, nothing written")));
  }

  private static FaultRule next(Scene scene, Call call) {
    return scene.test.store().on(call).next(1);
  }

  private static TaskRequest.Builder large() {
    return train().outputs(OutputSchema.parse("{\"out\":\"text\"}"));
  }

  private static Outputs text(String text) {
    return Outputs.of(Map.of("out", text));
  }
}

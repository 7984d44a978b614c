package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.mode;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.NotCached;
import dev.taskcache.policy.Verification;
import java.util.List;
import java.util.Locale;

/** Who switches caching off, narrows it, or asks for a run. */
final class Switches {
  private static final String STORED = "A miss NO_EARLIER_RESULT -> 1, stored";
  private static final String HIT = "A hit ENTRY_FOUND -> 1";
  private static final String OFF = "– bypass CACHING_OFF -> 2, nothing written";

  private Switches() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "off by the library's default",
            ask("a task", train()).says(STORED),
            ask("again", train())
                .by(By.of("a cache that is off", (w, it) -> it.defaults(mode(Mode.OFF))))
                .says(OFF)),
        Situation.of(
            "off by the administrator",
            ask("a task", train()).says(STORED),
            ask("again", train())
                .by(
                    By.of(
                        "a cache whose namespace is off",
                        (w, it) -> it.administrator("default", mode(Mode.OFF), Limits.NONE)))
                .says(OFF)),
        off(Level.PIPELINE),
        off(Level.TASK),
        off(Level.RUN),
        Situation.of(
            "off by the administrator's limit, whatever a run wants",
            ask("a task", train()).says(STORED),
            ask("with --cache", at(Level.RUN, Mode.READ_WRITE)).by(limited(Mode.OFF)).says(OFF)),
        Situation.of(
            "off, by a finding about the task",
            ask(
                    "a task that must not be cached",
                    train().notCached(new NotCached(Reason.CACHING_OFF, "pipeline.yaml:12")))
                .says("– bypass CACHING_OFF -> 1, nothing written"),
            ask("one that may", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "on again for one run",
            ask("a task", at(Level.TASK, Mode.OFF))
                .says("– bypass CACHING_OFF -> 1, nothing written"),
            ask(
                    "with --cache",
                    at(Level.TASK, Mode.OFF).options(Level.RUN, "--cache", mode(Mode.READ_WRITE)))
                .says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "a pipeline inside another, which switched it off",
            ask(
                    "a task",
                    train()
                        .options(Level.PIPELINE, "outer", mode(Mode.OFF))
                        .options(Level.PIPELINE, "inner", mode(Mode.READ_WRITE)))
                .says(STORED),
            ask("of the outer one", train().options(Level.PIPELINE, "outer", mode(Mode.OFF)))
                .says(OFF)),
        Situation.of(
            "read only, a miss",
            ask("a task", at(Level.RUN, Mode.READ_ONLY))
                .says("A miss NO_EARLIER_RESULT -> 1, nothing written"),
            ask("again", train()).says("A miss NO_EARLIER_RESULT -> 2, stored")),
        Situation.of(
            "read only, a hit",
            ask("a task", train()).says(STORED),
            ask("again", at(Level.RUN, Mode.READ_ONLY)).says(HIT)),
        Situation.of(
            "read only by the administrator's limit",
            ask("a task", train())
                .by(limited(Mode.READ_ONLY))
                .says("A miss NO_EARLIER_RESULT -> 1, nothing written")),
        Situation.of(
            "refresh",
            ask("a task", train()).says(STORED),
            ask("with --refresh", at(Level.RUN, Mode.REFRESH))
                .says("A miss REFRESH_REQUESTED -> 2, stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "refresh of what is not there",
            ask("with --refresh", at(Level.RUN, Mode.REFRESH)).says(STORED)),
        Situation.of(
            "refresh where only reading is allowed",
            ask("a task", train()).says(STORED),
            ask("with --refresh", at(Level.RUN, Mode.REFRESH))
                .by(limited(Mode.READ_ONLY))
                .says(OFF)),
        Situation.of(
            "side effects",
            ask("a task that changes the world", train().sideEffects())
                .says("– bypass CACHING_OFF -> 1, nothing written"),
            ask(
                    "one that is cached all the same",
                    train().sideEffects().options(mode(Mode.READ_WRITE)))
                .says("A miss NO_EARLIER_RESULT -> 2, stored")));
  }

  private static Situation off(Level level) {
    return Situation.of(
        "off by the " + level.name().toLowerCase(Locale.ROOT),
        ask("a task", train()).says(STORED),
        ask("switched off", at(level, Mode.OFF)).says(OFF),
        ask("again", train()).says(HIT));
  }

  private static TaskRequest.Builder at(Level level, Mode mode) {
    return train().options(level, "the switch", mode(mode));
  }

  private static By limited(Mode widest) {
    Limits limits = new Limits(widest, null, Verification.NONE, "the administrator");
    return By.of(
        "a cache of which " + widest + " is the limit",
        (world, it) -> it.administrator("default", CachingOptions.NONE, limits));
  }
}

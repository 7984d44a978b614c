package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.oldest;
import static dev.taskcache.testing.Sample.pass;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Verification;
import java.time.Duration;
import java.util.List;

/** Results that are too old: for somebody, or for everybody. */
final class Ages {
  private static final Duration HOURS_2 = Duration.ofHours(2);
  private static final String STORED = "A miss NO_EARLIER_RESULT -> 1, stored";

  private Ages() {}

  static List<Situation> all() {
    By lifetime =
        By.of(
            "a cache whose entries live an hour",
            (world, it) -> it.entriesExpireAfter(Duration.ofHours(1)));
    By limited =
        By.of(
            "a cache whose limit is an hour",
            (world, it) ->
                it.administrator(
                    "default",
                    CachingOptions.NONE,
                    new Limits(
                        Mode.READ_WRITE, Duration.ofHours(1), Verification.NONE, "the limit")));
    return List.of(
        Situation.of(
            "expired for one reader",
            ask("a task", train()).says(STORED),
            pass(HOURS_2),
            ask("at most three hours old", within(3)).says("A hit ENTRY_FOUND -> 1"),
            ask("at most one hour old", within(1)).says("A miss ENTRY_TOO_OLD -> 2, stored"),
            ask("again", within(1)).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "readable by the others while it is replaced",
            ask("a task", train()).says(STORED),
            pass(HOURS_2),
            ask("at most one hour old", within(1))
                .meanwhile(ask("any age", train()).by(By.ANOTHER).says("A hit ENTRY_FOUND -> 1"))
                .says("A miss ENTRY_TOO_OLD -> 2, stored"),
            ask("any age", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "a maximum age of zero",
            ask("never reused", train().options(oldest(Duration.ZERO))).says(STORED),
            ask("again", train().options(oldest(Duration.ZERO)))
                .says("A miss ENTRY_TOO_OLD -> 2, stored"),
            ask("by whom any age is welcome", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "not reproducible",
            ask("a task that may give other results", train().notReproducible()).says(STORED),
            ask("again", train().notReproducible()).says("A miss ENTRY_TOO_OLD -> 2, stored"),
            ask("reused on purpose", train().notReproducible().options(oldest(HOURS_2)))
                .says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "a maximum age of the pipeline, and another one of the run",
            ask("a task", train()).says(STORED),
            pass(HOURS_2),
            ask(
                    "the run accepts three hours",
                    train()
                        .options(Level.PIPELINE, "P", oldest(Duration.ofHours(1)))
                        .options(Level.RUN, "--max-age", oldest(Duration.ofHours(3))))
                .says("A hit ENTRY_FOUND -> 1"),
            ask(
                    "the pipeline alone, one hour",
                    train().options(Level.PIPELINE, "P", oldest(Duration.ofHours(1))))
                .says("A miss ENTRY_TOO_OLD -> 2, stored")),
        Situation.of(
            "a maximum age by the administrator's limit",
            ask("a task", train()).says(STORED),
            pass(HOURS_2),
            ask("at most three hours old", within(3))
                .by(limited)
                .says("A miss ENTRY_TOO_OLD -> 2, stored")),
        Situation.of(
            "expired for everybody",
            ask("a task", train()).by(lifetime).says(STORED),
            pass(HOURS_2),
            ask("again", train()).says("A miss ENTRY_EXPIRED -> 2, stored"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "expired, and read only",
            ask("a task", train()).by(lifetime).says(STORED),
            pass(HOURS_2),
            ask("again", train().options(Sample.mode(Mode.READ_ONLY)))
                .says("A miss ENTRY_EXPIRED -> 2, nothing written")));
  }

  private static TaskRequest.Builder within(int hours) {
    return train().options(oldest(Duration.ofHours(hours)));
  }
}

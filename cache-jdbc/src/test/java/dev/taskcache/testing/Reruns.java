package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.numbered;
import static dev.taskcache.testing.Sample.then;
import static dev.taskcache.testing.Sample.train;

import dev.taskcache.TaskRequest;
import dev.taskcache.policy.CachingOptions;
import java.util.List;

/** Hits whose tasks are run again, to compare the results. */
final class Reruns {
  private static final String STORED = "A miss NO_EARLIER_RESULT -> 1, stored";
  private static final String COMPARED = "A miss REPRODUCIBILITY_SAMPLE -> 1, compared";
  private static final String OTHER = "A miss REPRODUCIBILITY_SAMPLE -> 2, compared";

  private Reruns() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "run again with the same result",
            ask("a task", train()).says(STORED),
            ask("again, all of them compared", sampled(false))
                .returning(run -> numbered(1))
                .says(COMPARED),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "run again with another result: who runs it in steps has that one",
            ask("a task", train()).says(STORED),
            ask("again, all of them compared", sampled(false))
                .says(COMPARED)
                .butInSteps(OTHER)
                .telling("not reproducible"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")),
        Situation.of(
            "run again with another result, which stops the component: the same",
            ask("a task", train()).says(STORED),
            ask("again, all of them compared", sampled(true))
                .says(COMPARED)
                .butInSteps(OTHER)
                .telling("not reproducible"),
            ask("again", train()).says("A miss NOT_REPRODUCIBLE -> 3, nothing written"),
            then("alice clears it", scene -> scene.test.store().stops().clear("default", "train")),
            ask("again", train()).says("A miss INVALIDATED -> 4, stored")),
        Situation.of(
            "run again, and fails",
            ask("a task", train()).says(STORED),
            ask("again, all of them compared", sampled(false))
                .returning(World::outOfMemory)
                .says("A miss REPRODUCIBILITY_SAMPLE -> fails"),
            ask("again", train()).says("A hit ENTRY_FOUND -> 1")));
  }

  private static TaskRequest.Builder sampled(boolean stop) {
    return train()
        .options(CachingOptions.builder().reproducibility(1).stopWhenNotReproducible(stop).build());
  }
}

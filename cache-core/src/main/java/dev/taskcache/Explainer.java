package dev.taskcache;

import dev.taskcache.explain.Comparison;
import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.key.KeyParts;
import dev.taskcache.store.CacheStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Finds out why nothing is stored under a key, with one query. Never throws. Thread-safe. */
final class Explainer {
  private static final int MOST_EARLIER = 64;

  private final CacheStore store;
  private final Clock clock;

  Explainer(CacheStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Compares with the nearest of the earlier results that are wanted. */
  Explanation explain(Subject subject, KeyParts parts, Predicate<Earlier> wanted) {
    Instant now = clock.instant();
    try {
      List<Earlier> earlier =
          store.earlier(subject.namespace(), subject.component(), MOST_EARLIER).stream()
              .filter(each -> isEarlier(each, subject) && wanted.test(each))
              .toList();
      return Comparison.nearest(earlier, parts)
          .map(found -> Explanation.of(found, Comparison.between(found.parts(), parts), now))
          .orElseGet(() -> Explanation.of(Reason.NO_EARLIER_RESULT, now, ""));
    } catch (RuntimeException e) {
      return Explanation.of(Reason.NO_ENTRY, now, "earlier results could not be looked up: " + e);
    }
  }

  /**
   * When somebody reads an explanation the task may have run already: neither its own result nor
   * those of the same run, such as a loop's other iterations, are earlier ones.
   */
  private static boolean isEarlier(Earlier result, Subject subject) {
    String run = subject.task().run();
    return !Objects.equals(result.key(), subject.key())
        && (run == null || !run.equals(result.producer().run()));
  }
}

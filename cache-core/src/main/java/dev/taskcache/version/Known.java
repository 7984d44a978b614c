package dev.taskcache.version;

import dev.taskcache.version.Information.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What this process knows of a pipeline's versions, and since when. Immutable. */
final class Known {
  private final Answer answer;
  private final Origin origin;
  private final long askedAt;

  /**
   * Keeps an answer.
   *
   * @param ageThen how old it was
   * @param then at which reading of the ticker
   */
  Known(Answer answer, Origin origin, Duration ageThen, long then) {
    this.answer = answer;
    this.origin = origin;
    this.askedAt = then - ageThen.toNanos();
  }

  /** The one that the source gave last; null if there is none. */
  static @Nullable Known younger(@Nullable Known one, @Nullable Known other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.askedAt > one.askedAt ? other : one;
  }

  Origin origin() {
    return origin;
  }

  Answer answer() {
    return answer;
  }

  /** At which reading of the ticker the source gave it: the same for all who use it. */
  long askedAt() {
    return askedAt;
  }

  Duration age(long now) {
    return Duration.ofNanos(now - askedAt);
  }

  Information information(PipelineVersion chosen, @Nullable String problem, long now) {
    if (problem == null && answer.leftOut().contains(chosen.id())) {
      return new Information(
          Origin.LAST_KNOWN,
          age(now),
          "the source's list leaves out version " + chosen.id() + ", which it still has");
    }
    return new Information(problem == null ? origin : Origin.LAST_KNOWN, age(now), problem);
  }
}

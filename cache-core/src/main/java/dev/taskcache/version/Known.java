package dev.taskcache.version;

import dev.taskcache.version.Information.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this process knows of a pipeline's versions, since when, and what it means. Thread-safe. */
final class Known {
  private final Answer answer;
  private final Origin origin;
  private final long askedAt;
  private final Map<VersionSelection, Attempt<Choice>> choices = new ConcurrentHashMap<>();

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

  Answer answer() {
    return answer;
  }

  /** What selections mean by this answer: found out once for each. */
  Map<VersionSelection, Attempt<Choice>> choices() {
    return choices;
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

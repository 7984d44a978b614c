package dev.taskcache;

import dev.taskcache.explain.Comparison;
import dev.taskcache.explain.Difference;
import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.Explanation;
import dev.taskcache.key.KeyParts;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/**
 * Explanations on demand: why a request would hit or miss, and what differs between two keys.
 * Claims nothing, runs nothing, tells no listener. Thread-safe.
 */
public final class Explanations {
  private final DecisionPath path;
  private final CacheStore store;
  private final Clock clock;

  Explanations(DecisionPath path, CacheStore store, Clock clock) {
    this.path = path;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Why a request would hit or miss now: what differs from the nearest earlier result of its
   * component. Claims nothing and tells no listener.
   *
   * @param request the request, with its outputs; for a typed result those of {@link
   *     dev.taskcache.key.ResultType#schema}
   * @return the explanation
   * @throws RuntimeException as the store throws it
   */
  public Explanation explain(TaskRequest request) {
    return compare(request, earlier -> true);
  }

  /**
   * As {@link #explain}, compared with one run.
   *
   * @param request the request, with its outputs
   * @param run the run's id, among the newest 64 results of the component
   * @return the explanation
   * @throws RuntimeException as the store throws it
   */
  public Explanation explainAgainst(TaskRequest request, String run) {
    return compare(request, earlier -> run.equals(earlier.producer().run()));
  }

  private Explanation compare(TaskRequest request, Predicate<Earlier> wanted) {
    try {
      return path.explain(path.ask(request, ResultCodec.named(request)), wanted);
    } catch (NotCacheableException e) {
      return Explanation.of(e.finding().reason(), clock.instant(), e.finding().message());
    }
  }

  /**
   * What differs between the keys of two requests.
   *
   * @param before one request, with its outputs
   * @param after another
   * @return each place that differs; empty if the keys are equal
   * @throws NotCacheableException if one of them has no key
   */
  public List<Difference> diff(TaskRequest before, TaskRequest after) {
    return Comparison.between(
        path.parts(path.ask(before, ResultCodec.named(before))),
        path.parts(path.ask(after, ResultCodec.named(after))));
  }

  /**
   * What differs between the keys of two entries.
   *
   * @param before one entry's id
   * @param after another's
   * @return each place that differs; empty if the keys are equal
   * @throws IllegalArgumentException if nothing is stored under one of the ids
   * @throws RuntimeException as the store throws it
   */
  public List<Difference> diff(EntryId before, EntryId after) {
    return Comparison.between(stored(before), stored(after));
  }

  private KeyParts stored(EntryId id) {
    return store
        .summary(id)
        .map(Earlier::parts)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nothing is stored under " + id + "; give the key of an entry"));
  }
}

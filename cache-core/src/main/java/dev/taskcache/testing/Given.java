package dev.taskcache.testing;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;

/**
 * What there is of a request before a test asks for it. Goes the way of every result, so that it is
 * stored as a run would have stored it; faults and listeners of the test have no part in it.
 */
public final class Given {
  private final TaskCache cache;
  private final TaskRequest request;

  Given(TaskCache cache, TaskRequest request) {
    this.cache = cache;
    this.request = request;
  }

  /**
   * A result is there, as if the task had run.
   *
   * @param outputs those that the request declares
   * @throws IllegalStateException if it cannot be stored, or there is one already
   */
  public void returns(Outputs outputs) {
    check(() -> cache.getOrRun(request, () -> outputs));
  }

  /**
   * A typed result is there, as if the task had run.
   *
   * @param result not null; of a class that {@link ResultType} knows
   * @throws IllegalStateException if it cannot be stored, or there is one already
   */
  public void returns(Object result) {
    returns(ResultType.of(result.getClass()), result);
  }

  /**
   * A typed result is there, as if the task had run.
   *
   * @param <T> the result's type
   * @param type the type that the test asks for
   * @param result the result
   * @throws IllegalStateException if it cannot be stored, or there is one already
   */
  public <T> void returns(ResultType<T> type, T result) {
    check(() -> cache.getOrRun(request, type, () -> result));
  }

  /**
   * Another process is running the task now.
   *
   * @return its token, with which the test publishes, abandons or renews
   * @throws IllegalStateException if there is a result, or somebody runs it already
   */
  public LeaseToken runsElsewhere() {
    CacheDecision decision = cache.decide(request);
    if (decision instanceof CacheDecision.Miss miss && miss.token().isPresent()) {
      return miss.token().get();
    }
    throw new IllegalStateException("nobody else can be running this: " + decision);
  }

  private interface Run {
    Outcome<?> go() throws InterruptedException;
  }

  private static void check(Run run) {
    try {
      Outcome<?> outcome = run.go();
      if (!(outcome.write() instanceof WriteOutcome.Stored)) {
        throw new IllegalStateException(
            "nothing was seeded; it is " + outcome.write() + ", because: " + outcome.decision());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a result was seeded", e);
    }
  }
}

package dev.taskcache.testing;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Outputs;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Assertions about decisions, runs and keys, to be imported statically. Their failures say what the
 * cache would say: why, and what differs.
 */
public final class TaskCacheAssertions {
  private TaskCacheAssertions() {}

  /**
   * Begins an assertion about a decision.
   *
   * @param decision what the cache said
   * @return the assertion
   */
  public static DecisionAssert assertThat(CacheDecision decision) {
    return new DecisionAssert(decision);
  }

  /**
   * Begins an assertion about the decision of a call.
   *
   * @param outcome what {@code getOrRun} gave
   * @return the assertion
   */
  public static DecisionAssert assertThat(Outcome<?> outcome) {
    return new DecisionAssert(outcome.decision());
  }

  /**
   * Begins an assertion about everything that a cache told so far, for instance in one run of a
   * pipeline.
   *
   * @param events what was told
   * @return the assertion
   */
  public static RunAssert assertThat(RecordingListener events) {
    return new RunAssert(events);
  }

  /**
   * Begins an assertion about a request's key.
   *
   * @param request the request, with its outputs; for a typed result those of {@link
   *     dev.taskcache.key.ResultType#schema}
   * @return the assertion
   */
  public static KeyAssert assertKey(TaskRequest request) {
    return new KeyAssert(request);
  }

  /**
   * Runs a task several times, without a cache, and fails unless each run returns the same: by the
   * digest that a cache would keep.
   *
   * @param task returns {@link Outputs}, or an object of a class that {@link
   *     dev.taskcache.key.ResultType} knows
   * @param times how often it runs, two or more
   * @throws Exception as the task throws it
   */
  public static void assertReproducible(Callable<?> task, int times) throws Exception {
    Reproducibility.check(task, times);
  }

  /**
   * Asks for each of a host's requests twice, in two stores, through {@code getOrRun} and through
   * {@code decide} and {@code publish}, and fails unless keys, decisions, reasons, outputs and what
   * became of them are the same everywhere. Whatever else is in the stores has no part in it; what
   * this stores stays there, in namespaces that begin with {@code parity}.
   *
   * @param requests the requests, with their outputs
   * @param task what a task of a request returns; may throw
   * @param one a store, for instance in memory; the caller closes it
   * @param another another, for instance in a database
   * @throws InterruptedException if this thread is interrupted
   */
  public static void assertSameAnswers(
      List<TaskRequest> requests,
      Function<TaskRequest, Outputs> task,
      CacheStore one,
      CacheStore another)
      throws InterruptedException {
    new HostParity(requests, task).check(one, another);
  }
}

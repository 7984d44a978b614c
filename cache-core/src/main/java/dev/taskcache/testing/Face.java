package dev.taskcache.testing;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.Task;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two ways to ask a cache. What it answers must not depend on which one is taken. */
enum Face {
  /** One call, in which the task runs. */
  GET_OR_RUN("getOrRun") {
    @Override
    Run call(Host host, TaskRequest request, @Nullable ResultType<Object> type, NotedTask work)
        throws Exception {
      Outcome<?> outcome =
          type == null
              ? host.cache().getOrRun(request, () -> (Outputs) work.run())
              : host.cache().getOrRun(request, type, work);
      return new Run(outcome.decision(), outcome.value(), Told.attempted(outcome.write()));
    }
  },
  /** A driver that decides, and a worker that runs the task and publishes or abandons. */
  DECIDE_AND_PUBLISH("decide/publish") {
    @Override
    Run call(Host host, TaskRequest request, @Nullable ResultType<Object> type, NotedTask work)
        throws Exception {
      CacheDecision decision = decide(host, request, type);
      if (decision instanceof CacheDecision.Hit hit) {
        Outputs outputs = hit.entry().orElseThrow().outputs();
        return new Run(decision, read(outputs, type), null);
      } else if (decision instanceof CacheDecision.InFlight) {
        return new Run(decision, null, null);
      }
      LeaseToken token =
          decision instanceof CacheDecision.Miss miss ? miss.token().orElse(null) : null;
      // As a worker in another process has it.
      return work(
          host, decision, token == null ? null : LeaseToken.parse(token.encode()), type, work);
    }
  };

  private final String shown;

  Face(String shown) {
    this.shown = shown;
  }

  /** What a call gave back. */
  private record Run(
      CacheDecision decision, @Nullable Object result, @Nullable WriteOutcome write) {}

  abstract Run call(
      Host host, TaskRequest request, @Nullable ResultType<Object> type, NotedTask work)
      throws Exception;

  /**
   * Asks, and does what the cache says.
   *
   * @param type the result's type; null for named outputs
   * @param task returns {@link Outputs}, or an object of the type
   */
  Answer ask(
      Host host,
      TaskRequest request,
      @Nullable ResultType<Object> type,
      Task<?, ? extends Exception> task)
      throws InterruptedException {
    int decisions = host.told().decisions().size();
    int runs = host.told().runs().size();
    NotedTask work = new NotedTask(task);
    Run run = null;
    try {
      run = call(host, request, type, work);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (e != work.failure) {
        throw new IllegalStateException("the cache failed, and not the task", e);
      }
    }
    return answer(host, decisions, runs, work, run);
  }

  private static Answer answer(
      Host host, int decisions, int runs, NotedTask work, @Nullable Run run) {
    List<HostEvents.Decided> decided =
        host.told().decisions().subList(decisions, host.told().decisions().size());
    if (decided.size() != 1) {
      throw new IllegalStateException("one call, and listeners were told of " + decided);
    }
    HostEvents.Decided first = decided.get(0);
    if (run != null && run.decision().reason() != first.event().reason()) {
      throw new IllegalStateException(
          "listeners were told of another decision than " + run.decision());
    }
    List<String> told = new ArrayList<>(List.of(first.event().reason().toString()));
    host.told().runs().stream()
        .skip(runs)
        .map(event -> Told.attempted(event.write()))
        .filter(Objects::nonNull)
        .map(Told::of)
        .forEach(told::add);
    return new Answer(
        first.event().subject().key(),
        first.event().reason(),
        first.explanation(),
        work.ran,
        run == null ? null : run.result(),
        run == null ? null : run.write(),
        work.failure,
        told);
  }

  private static CacheDecision decide(
      Host host, TaskRequest request, @Nullable ResultType<Object> type)
      throws InterruptedException {
    if (type != null) {
      return host.cache().decide(request, type);
    }
    return host.longestWait().isZero()
        ? host.cache().decide(request)
        : host.cache().await(request, host.longestWait());
  }

  private static Run work(
      Host host,
      CacheDecision decision,
      @Nullable LeaseToken token,
      @Nullable ResultType<Object> type,
      NotedTask work)
      throws Exception {
    Object result;
    try {
      result = work.run();
    } catch (Exception e) {
      if (token != null) {
        host.cache().abandon(token);
      }
      throw e;
    }
    if (token == null) {
      return new Run(decision, result, null);
    }
    Outputs outputs = type == null ? (Outputs) result : new Outputs(type.encode(result));
    WriteOutcome write = host.cache().publish(token, outputs);
    Object mine =
        write instanceof WriteOutcome.AlreadyStored stored
            ? read(stored.entry().outputs(), type)
            : result;
    return new Run(decision, mine, write);
  }

  private static Object read(Outputs outputs, @Nullable ResultType<Object> type) {
    return type == null ? outputs : type.decode(outputs.values());
  }

  @Override
  public String toString() {
    return shown;
  }
}

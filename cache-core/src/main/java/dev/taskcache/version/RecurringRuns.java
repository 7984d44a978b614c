package dev.taskcache.version;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Recurring runs: gives each slot of a schedule its version, once, and lets one process start it.
 *
 * <p>A slot's version is decided by whoever comes first, and stays. Its start is a lease: after a
 * process died, another starts the run, under the same id. Both are rows of the cache's store, so a
 * store that fails makes a call fail: it is to be made again. Thread-safe; blocks.
 */
public final class RecurringRuns {
  private final CompiledPipelines pipelines;
  private final VersionTasks tasks;
  private final VersionStore versions;
  private final TaskCache cache;
  private final CacheStore store;
  private final SlotLog log;

  private RecurringRuns(CompiledPipelines pipelines, CacheStore store) {
    VersionResolver.Settings settings = pipelines.resolver().settings();
    this.pipelines = pipelines;
    this.tasks = settings.tasks();
    this.versions = settings.store();
    this.cache = versions.cache();
    this.store = store;
    this.log = new SlotLog(store, tasks.namespace());
  }

  /**
   * Recurring runs of compiled pipelines.
   *
   * @param pipelines which versions there are
   * @param store that of the resolver's cache, and no other: decisions are looked up there again
   * @return recurring runs
   */
  public static RecurringRuns of(CompiledPipelines pipelines, CacheStore store) {
    return new RecurringRuns(pipelines, store);
  }

  /**
   * Runs a slot, if nobody has started it: at most one caller's starter is called at a time, in all
   * processes, and none any more after one has returned and that is recorded.
   *
   * @param <E> what the starter throws
   * @param schedule the schedule
   * @param slot the time that the run is for
   * @param starter starts the run
   * @return what became of it
   * @throws E if the starter throws it
   * @throws VersionUnavailableException if there is no version to run
   * @throws IllegalStateException if nothing was started because the store failed, or caching is
   *     off in the namespace
   * @throws InterruptedException if this thread is interrupted
   */
  public <E extends Exception> SlotOutcome run(
      Schedule schedule, Instant slot, SlotStarter<E> starter)
      throws E, VersionUnavailableException, InterruptedException {
    return run(schedule, slot, Duration.ZERO, starter);
  }

  /**
   * As {@link #run(Schedule, Instant, SlotStarter)}, but if another process has the slot waits
   * until it has started the run, or died.
   *
   * @param <E> what the starter throws
   * @param schedule the schedule
   * @param slot the time that the run is for
   * @param longestWait how long to wait
   * @param starter starts the run
   * @return what became of it; held if the time is over
   * @throws E if the starter throws it
   * @throws VersionUnavailableException if there is no version to run
   * @throws IllegalStateException if nothing was started because the store failed, or caching is
   *     off in the namespace
   * @throws InterruptedException if this thread is interrupted
   */
  public <E extends Exception> SlotOutcome run(
      Schedule schedule, Instant slot, Duration longestWait, SlotStarter<E> starter)
      throws E, VersionUnavailableException, InterruptedException {
    SlotDecision decision = decide(schedule, slot);
    CacheDecision claim = cache.await(tasks.slotStart(schedule, slot), longestWait);
    if (claim instanceof CacheDecision.Hit) {
      return new SlotOutcome.AlreadyStarted(decision);
    } else if (claim instanceof CacheDecision.InFlight held) {
      return new SlotOutcome.Held(decision, held.owner(), held.until());
    } else if (claim instanceof CacheDecision.Miss miss && miss.token().isPresent()) {
      return start(schedule, decision, miss.token().get(), starter);
    }
    throw notStarted(schedule, slot, "it cannot be claimed (" + claim.reason() + ")", null);
  }

  private static IllegalStateException notStarted(
      Schedule schedule, Instant slot, String problem, @Nullable Throwable cause) {
    return new IllegalStateException(
        "slot "
            + slot
            + " of "
            + schedule.name()
            + " is not started: "
            + problem
            + "; try again when the store answers",
        cause);
  }

  private <E extends Exception> SlotOutcome start(
      Schedule schedule, SlotDecision decision, LeaseToken token, SlotStarter<E> starter)
      throws E, InterruptedException {
    boolean started = false;
    try {
      byte[] compiled = compiled(schedule, decision);
      if (!cache.renew(token)) { // Compiling took longer than the lease, and another has the slot.
        throw notStarted(schedule, decision.slot(), "its lease was lost", null);
      }
      starter.start(decision, compiled);
      started = true;
    } finally {
      if (!started) {
        cache.abandon(token);
      }
    }
    return new SlotOutcome.Started(decision, record(decision, token));
  }

  /** Whatever becomes of this, the run was started. */
  private WriteOutcome record(SlotDecision decision, LeaseToken token) {
    try {
      Outputs outputs = new Outputs(VersionTasks.STARTED.encode(decision.runId()));
      // Through a publisher of its own: a failure then leaves the lease to end by itself.
      return cache.publish(token, outputs, store::publish);
    } catch (RuntimeException e) {
      return new WriteOutcome.StoreFailed(e.toString());
    }
  }

  private byte[] compiled(Schedule schedule, SlotDecision decision) throws InterruptedException {
    try {
      return pipelines.compiled(schedule, decision.version());
    } catch (ExecutionException | TimeoutException e) {
      throw notStarted(
          schedule,
          decision.slot(),
          "version "
              + decision.version().id()
              + " was decided for it, whose compiled form is not in the store any more and cannot"
              + " be made: "
              + (e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  /**
   * Which version a slot runs: decided now, unless it was before.
   *
   * @param schedule the schedule
   * @param slot the time that the run is for
   * @return the decision; the same in all processes
   * @throws VersionUnavailableException if there is no version to run
   * @throws IllegalStateException if the decision could not be recorded, so that another process
   *     might decide otherwise
   * @throws InterruptedException if this thread is interrupted
   */
  public SlotDecision decide(Schedule schedule, Instant slot)
      throws VersionUnavailableException, InterruptedException {
    Outcome<SlotDecision> outcome = decided(tasks.slotDecision(schedule, slot), schedule, slot);
    if (outcome.decision() instanceof CacheDecision.Hit hit) {
      if (hit.header().isEmpty()) {
        throw notStarted(schedule, slot, "its version could not be recorded", null);
      }
      return outcome.value();
    }
    if (!(outcome.write() instanceof WriteOutcome.Stored)
        && !(outcome.write() instanceof WriteOutcome.AlreadyStored)) {
      throw notStarted(
          schedule, slot, "its version could not be recorded: " + outcome.write(), null);
    }
    pipelines.resolver().news().decided(outcome.value());
    return outcome.value();
  }

  private Outcome<SlotDecision> decided(TaskRequest request, Schedule schedule, Instant slot)
      throws VersionUnavailableException, InterruptedException {
    try {
      return versions.getOrRun(request, VersionTasks.SLOT_DECISION, () -> choose(schedule, slot));
    } catch (VersionUnavailableException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("nothing else is thrown", e);
    }
  }

  private SlotDecision choose(Schedule schedule, Instant slot)
      throws VersionUnavailableException, InterruptedException {
    ReadyVersion ready = pipelines.ready(schedule.pipeline(), schedule.selection());
    SlotLog.Last last = log.last(schedule.name()).orElse(null);
    if (last != null && last.knowsBetter(ready)) {
      // Another process ran a version that this one has not heard of: no slot goes back.
      pipelines.resolver().published(schedule.pipeline(), last.decision().version().id());
      ready = pipelines.ready(schedule.pipeline(), schedule.selection());
    }
    return SlotDecision.of(tasks.namespace(), schedule, slot, ready);
  }

  /**
   * What was decided for a schedule's slots, the newest decision first.
   *
   * @param store where decisions are kept
   * @param namespace the resolver's
   * @param schedule the schedule's name
   * @param most how many at most
   * @return decisions that the store still has; empty if there are none
   */
  public static List<SlotDecision> log(
      CacheStore store, String namespace, String schedule, int most) {
    return new SlotLog(store, namespace).newest(schedule, most);
  }
}

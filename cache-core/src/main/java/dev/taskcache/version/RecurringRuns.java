package dev.taskcache.version;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Instant;
import java.util.List;

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
  private final TaskCache cache;
  private final SlotLog log;

  private RecurringRuns(CompiledPipelines pipelines, CacheStore store) {
    VersionResolver.Settings settings = pipelines.resolver().settings();
    this.pipelines = pipelines;
    this.tasks = settings.tasks();
    this.cache = settings.store().cache();
    this.log = new SlotLog(store, tasks.namespace());
  }

  /**
   * Recurring runs of compiled pipelines.
   *
   * @param pipelines which versions there are
   * @param store that of the resolver's cache, where decisions are looked up again
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
   * @throws IllegalStateException if the slot cannot be claimed, as the store failed, or as caching
   *     is off in the namespace
   * @throws InterruptedException if this thread is interrupted
   */
  public <E extends Exception> SlotOutcome run(
      Schedule schedule, Instant slot, SlotStarter<E> starter)
      throws E, VersionUnavailableException, InterruptedException {
    SlotDecision decision = decide(schedule, slot);
    CacheDecision claim = cache.decide(tasks.slotStart(schedule, slot));
    if (claim instanceof CacheDecision.Hit) {
      return new SlotOutcome.AlreadyStarted(decision);
    } else if (claim instanceof CacheDecision.InFlight held) {
      return new SlotOutcome.Held(decision, held.owner(), held.until());
    } else if (claim instanceof CacheDecision.Miss miss && miss.token().isPresent()) {
      return start(decision, miss.token().get(), starter);
    }
    throw new IllegalStateException(
        "slot "
            + slot
            + " of "
            + schedule.name()
            + " is not started: it cannot be claimed ("
            + claim.reason()
            + "); try again when the store answers");
  }

  private <E extends Exception> SlotOutcome start(
      SlotDecision decision, LeaseToken token, SlotStarter<E> starter)
      throws E, InterruptedException {
    boolean started = false;
    try {
      starter.start(decision, compiled(decision));
      started = true;
    } finally {
      if (!started) {
        cache.abandon(token);
      }
    }
    Outputs outputs = new Outputs(VersionTasks.STARTED.encode(decision.runId()));
    WriteOutcome recorded = cache.publish(token, outputs);
    return new SlotOutcome.Started(decision, recorded);
  }

  private byte[] compiled(SlotDecision decision) throws InterruptedException {
    try {
      return pipelines.compile(decision.version());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(
          decision + ": its compiled form is not in the store any more, and cannot be made: " + e,
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
   * @throws InterruptedException if this thread is interrupted
   */
  public SlotDecision decide(Schedule schedule, Instant slot)
      throws VersionUnavailableException, InterruptedException {
    TaskRequest request = tasks.slotDecision(schedule, slot);
    Outcome<SlotDecision> outcome = decided(request, schedule, slot);
    if (outcome.decision() instanceof CacheDecision.Miss) {
      pipelines.resolver().news().decided(outcome.value());
    }
    return outcome.value();
  }

  private Outcome<SlotDecision> decided(TaskRequest request, Schedule schedule, Instant slot)
      throws VersionUnavailableException, InterruptedException {
    try {
      return cache.<SlotDecision, Exception>getOrRun(
          request, VersionTasks.SLOT_DECISION, () -> choose(schedule, slot));
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

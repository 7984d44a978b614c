package dev.taskcache.examples;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.StoreException;
import dev.taskcache.version.RecurringRuns;
import dev.taskcache.version.Schedule;
import dev.taskcache.version.SlotDecision;
import dev.taskcache.version.SlotOutcome;
import dev.taskcache.version.SlotStarter;
import dev.taskcache.version.VersionUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs a schedule's slots as they come, one after the other: each gets its version, is started by
 * one of the processes that share the store, and executed by that one. A slot that cannot be
 * started now is tried again until it is. One thread at a time.
 */
final class ScheduledRuns {
  /** How many of the newest slots in the log are looked at again after a start. */
  private static final int LOOKED_AT_AGAIN = 16;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Parts parts;
  private final Stop stop;
  private final NavigableSet<Instant> pending = new TreeSet<>();
  private final NavigableSet<Instant> logged = new TreeSet<>();
  private Instant reached = Instant.now();
  private int exitCode = ExitCodes.OK;

  /**
   * What a schedule is made of.
   *
   * @param schedule what it runs
   * @param times when
   * @param runs gives each slot its version
   * @param folders where runs are registered
   * @param engine executes them
   * @param beforeStart is called between a slot's claim and its start
   * @param report shows what happens
   */
  record Parts(
      Schedule schedule,
      CronTimes times,
      RecurringRuns runs,
      RunFolders folders,
      Engine engine,
      SlotStarter<IOException> beforeStart,
      SlotReport report) {}

  /** Executes a run that is registered. */
  interface Engine {
    /** Returns when it is over. */
    RunResult run(String id, Path plan) throws InterruptedException;
  }

  ScheduledRuns(Parts parts, Stop stop) {
    this.parts = parts;
    this.stop = stop;
  }

  /**
   * Takes on what earlier processes may have left: the newest slots in the log, as their processes
   * may have died before they started them, and slots that nobody was there for.
   *
   * @param store where the log is
   * @param namespace the schedule's
   * @param catchUp how many missed slots at most, the last ones
   */
  void takeUp(CacheStore store, String namespace, int catchUp) {
    List<SlotDecision> log =
        RecurringRuns.log(store, namespace, parts.schedule().name(), LOOKED_AT_AGAIN);
    log.forEach(decision -> logged.add(decision.slot()));
    pending.addAll(logged);
    if (!logged.isEmpty()) {
      pending.addAll(parts.times().between(logged.last(), reached, catchUp));
    }
  }

  /**
   * Runs slots.
   *
   * @param slots how many, from now on; it ends when each of them is started
   * @return the exit code
   */
  int run(int slots) throws InterruptedException {
    int left = slots;
    while (true) {
      Instant next = parts.times().next(reached);
      while (left > 0 && next != null && !next.isAfter(Instant.now())) {
        pending.add(next);
        reached = next;
        left--;
        next = parts.times().next(reached);
      }
      for (Instant slot : List.copyOf(pending)) {
        if (settle(slot)) {
          pending.remove(slot);
        }
      }
      if (pending.isEmpty() && (left == 0 || next == null)) {
        return exitCode;
      }
      stop.await(untilNextTurn(left == 0 ? null : next));
    }
  }

  private Duration untilNextTurn(@Nullable Instant next) {
    Duration left = next == null ? RETRY : Duration.between(Instant.now(), next);
    return pending.isEmpty() || left.compareTo(RETRY) < 0 ? left : RETRY;
  }

  /** Whether there is nothing left to do for a slot. */
  private boolean settle(Instant slot) throws InterruptedException {
    Registration registration = new Registration();
    try {
      SlotOutcome outcome = parts.runs().run(parts.schedule(), slot, registration);
      if (outcome instanceof SlotOutcome.Held held) {
        parts.report().held(held);
        return false;
      } else if (outcome instanceof SlotOutcome.AlreadyStarted && logged.contains(slot)) {
        registration.run = parts.folders().unfinished(outcome.decision().runId());
      }
      tell(outcome, registration.run != null);
      if (registration.run != null) {
        execute(registration.run);
      }
      return true;
    } catch (VersionUnavailableException e) {
      parts.report().waits(parts.schedule(), slot, e.kind().name(), e);
    } catch (IllegalStateException | StoreException | IOException e) {
      parts.report().waits(parts.schedule(), slot, e.getClass().getSimpleName(), e);
    } finally {
      registration.close();
    }
    return false;
  }

  private void tell(SlotOutcome outcome, boolean executedHere) {
    if (outcome instanceof SlotOutcome.Started) {
      parts.report().decided(outcome.decision(), executedHere ? Told.STARTED : Told.STARTED_BEFORE);
    } else if (executedHere) {
      parts.report().decided(outcome.decision(), Told.TAKEN_UP);
    } else if (!logged.contains(outcome.decision().slot())
        || outcome.decision().slot().equals(logged.last())
        || parts.report().hasTold(outcome.decision().slot())) {
      parts.report().decided(outcome.decision(), Told.ALREADY_STARTED);
    }
  }

  private void execute(RunFolders.Registered run) throws InterruptedException, IOException {
    try {
      RunResult result = parts.engine().run(run.id(), run.plan());
      run.ended(JsonLine.of(JsonReport.summary(result)));
      parts.report().ended(result);
      exitCode = Math.max(exitCode, result.summary().exitCode());
    } catch (BadInputException e) {
      String problem = String.valueOf(e.getMessage());
      run.ended(JsonLine.of(SlotReport.failure(run.id(), problem)));
      parts.report().failed(run.id(), problem);
      exitCode = ExitCodes.TASK_FAILED;
    }
  }

  /** Registers a run durably, which is what starts it. */
  private final class Registration implements SlotStarter<IOException> {
    private RunFolders.@Nullable Registered run;

    @Override
    public void start(SlotDecision decision, byte[] compiled) throws IOException {
      parts.beforeStart().start(decision, compiled);
      run = parts.folders().register(decision.runId(), compiled);
    }

    private void close() {
      if (run != null) {
        run.close();
      }
    }
  }
}

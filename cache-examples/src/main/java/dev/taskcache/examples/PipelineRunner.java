package dev.taskcache.examples;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.examples.TaskFailedException.Why;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.kfp.KfpRun;
import dev.taskcache.kfp.KfpTask;
import dev.taskcache.store.Outputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline once: one thread, the caller's, steps through it and hands its tasks to the
 * workers, each of which asks the cache and executes the task if need be.
 */
final class PipelineRunner {
  private final TaskCache cache;
  private final LocalExecutor executor;
  private final Executor workers;
  private final Path folder;
  private final RunListener listener;
  private final KeyOf keys;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final List<TaskResult> results = new ArrayList<>();

  /** Says under which key a task is recorded. */
  interface KeyOf {
    /** The key as text; null if the task has none. */
    @Nullable String apply(KfpTask task);
  }

  /** What a worker tells the caller's thread. */
  private sealed interface Event {
    /** The task has begun. */
    record Started(KfpTask task) implements Event {}

    /** The cache or the command gave these outputs. */
    record Succeeded(KfpTask task, TaskResult result, Outputs outputs) implements Event {}

    /** The task failed. */
    record Failed(KfpTask task, Duration time, TaskFailedException failure) implements Event {}

    /** This program failed. */
    record Defect(Throwable cause) implements Event {}
  }

  PipelineRunner(
      TaskCache cache,
      LocalExecutor executor,
      Executor workers,
      Path folder,
      KeyOf keys,
      RunListener listener) {
    this.cache = cache;
    this.executor = executor;
    this.workers = workers;
    this.folder = folder;
    this.keys = keys;
    this.listener = listener;
  }

  /** Runs until every task is settled. Call it once. The id is the run's. */
  RunResult run(KfpRun run, String id) throws InterruptedException {
    long begun = System.nanoTime();
    int open = 0;
    while (true) {
      for (KfpTask task : run.ready()) {
        workers.execute(() -> work(task));
        open++;
      }
      if (open == 0) {
        break;
      }
      open -= settle(run, events.take()) ? 1 : 0;
    }
    run.skipped().forEach(skipped -> finish(TaskResult.skipped(skipped)));
    return new RunResult(id, List.copyOf(results), run.outputs(), since(begun));
  }

  private void work(KfpTask task) {
    events.add(new Event.Started(task));
    long begun = System.nanoTime();
    try {
      Outcome<Outputs> outcome =
          cache.<TaskFailedException>getOrRun(task.request(), () -> executor.execute(task, folder));
      TaskResult result =
          TaskResult.decided(
              task.path(),
              outcome.decision(),
              cache.options(task.request()),
              outcome.write(),
              since(begun));
      events.add(new Event.Succeeded(task, result, outcome.value()));
    } catch (TaskFailedException e) {
      events.add(new Event.Failed(task, since(begun), e));
    } catch (InvalidRequestException e) {
      events.add(new Event.Failed(task, since(begun), refused(task, Why.INPUT_INVALID, e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      TaskFailedException stopped =
          new TaskFailedException(task.path(), Why.INTERRUPTED, "stopped before its end");
      events.add(new Event.Failed(task, since(begun), stopped));
    } catch (RuntimeException | Error e) {
      events.add(new Event.Defect(e));
    }
  }

  /** Returns whether a task has come to its end. */
  private boolean settle(KfpRun run, Event event) throws InterruptedException {
    if (event instanceof Event.Started started) {
      listener.started(started.task().path());
      return false;
    } else if (event instanceof Event.Succeeded succeeded) {
      succeed(run, succeeded);
    } else if (event instanceof Event.Failed failed) {
      if (failed.failure().why() == Why.INTERRUPTED) {
        throw new InterruptedException();
      }
      fail(run, failed.task(), failed.time(), failed.failure());
    } else if (event instanceof Event.Defect defect) {
      throw new IllegalStateException("a task could not be handled", defect.cause());
    }
    return true;
  }

  private void succeed(KfpRun run, Event.Succeeded event) {
    try {
      run.succeeded(event.task(), event.outputs().values().entries());
    } catch (InvalidRequestException e) {
      fail(run, event.task(), event.result().time(), refused(event.task(), Why.OUTPUT_INVALID, e));
      return;
    }
    finish(event.result());
  }

  private void fail(KfpRun run, KfpTask task, Duration time, TaskFailedException failure) {
    run.failed(task);
    finish(TaskResult.failed(task.path(), keys.apply(task), time, failure));
  }

  private void finish(TaskResult result) {
    results.add(result);
    listener.finished(result);
  }

  private static TaskFailedException refused(KfpTask task, Why why, InvalidRequestException e) {
    return new TaskFailedException(task.path(), why, String.valueOf(e.getMessage()));
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}

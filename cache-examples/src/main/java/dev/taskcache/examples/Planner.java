package dev.taskcache.examples;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.CacheKey;
import dev.taskcache.kfp.KfpRun;
import dev.taskcache.kfp.KfpTask;
import dev.taskcache.store.CacheEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Predicts what a run would do, level by level, with one look-up for each; executes nothing. */
final class Planner {
  private final TaskCache cache;
  private final Map<CacheKey, String> toBeExecuted = new HashMap<>();
  private final List<TaskResult> results = new ArrayList<>();
  private final Map<String, TaskRequest> requests = new HashMap<>();

  Planner(TaskCache cache) {
    this.cache = cache;
  }

  /** Plans. Call it once. */
  List<TaskResult> plan(KfpRun run) {
    List<KfpTask> level = run.ready();
    while (!level.isEmpty()) {
      List<CacheDecision> decisions = cache.plan(level.stream().map(KfpTask::request).toList());
      for (int i = 0; i < level.size(); i++) {
        plan(run, level.get(i), decisions.get(i));
      }
      level = run.ready();
    }
    run.skipped().forEach(skipped -> results.add(TaskResult.skipped(skipped)));
    return List.copyOf(results);
  }

  /**
   * What the cache is asked for a task; empty before {@link #plan}, and if its inputs are not
   * known.
   */
  Optional<TaskRequest> request(String task) {
    return Optional.ofNullable(requests.get(task));
  }

  private void plan(KfpRun run, KfpTask task, CacheDecision planned) {
    requests.put(task.path(), task.request());
    // A plan reads no outputs, so it does not see whether artifacts are there; and what comes after
    // a hit is planned with them.
    CacheDecision decision =
        planned instanceof CacheDecision.Hit ? cache.peek(task.request()) : planned;
    results.add(
        TaskResult.planned(
            task.path(), decision, cache.options(task.request()), equalTask(task, decision)));
    Optional<CacheEntry> entry =
        decision instanceof CacheDecision.Hit hit ? hit.entry() : Optional.empty();
    if (entry.isPresent()) {
      run.succeeded(task, entry.get().outputs().values().entries());
    } else if (task.isImporter()) {
      run.succeeded(task, task.importedOutputs());
    } else {
      run.unknown(task);
    }
  }

  /** The task that would be executed and whose outputs this one would get. */
  private @Nullable String equalTask(KfpTask task, CacheDecision decision) {
    CacheKey key = decision.subject().key();
    return key == null || decision instanceof CacheDecision.Hit
        ? null
        : toBeExecuted.putIfAbsent(key, task.path());
  }
}

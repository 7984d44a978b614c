package dev.taskcache.version;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.Task;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.ResultType;
import java.time.Duration;
import java.util.Optional;

/** Reads what another process left in the store, without claiming or running anything. */
record VersionStore(TaskCache cache) {

  /** A value, and how old it is by the store's clock. */
  record Aged<T>(T value, Duration age) {}

  /**
   * What is stored, or what the task makes now.
   *
   * @throws IllegalStateException if another process is at it for longer than the cache waits
   */
  <T> Outcome<T> getOrRun(TaskRequest request, ResultType<T> type, Task<T, Exception> task)
      throws Exception {
    Outcome<T> outcome = cache.getOrRun(request, type, task);
    if (outcome.decision() instanceof CacheDecision.InFlight) {
      throw new IllegalStateException(
          "another process is at " + request.component().displayName() + " still; try again later");
    }
    return outcome;
  }

  /** What is stored; empty also if the store cannot be asked, or the value cannot be read. */
  <T> Optional<Aged<T>> peek(TaskRequest request, ResultType<T> type) {
    if (!(cache.peek(request) instanceof CacheDecision.Hit hit)) {
      return Optional.empty();
    }
    try {
      return hit.entry()
          .flatMap(entry -> Optional.ofNullable(type.decode(entry.outputs().values())))
          .map(value -> new Aged<>(value, hit.age().orElse(Duration.ZERO)));
    } catch (InvalidRequestException e) {
      return Optional.empty();
    }
  }
}

package dev.taskcache.jdbc;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What {@link WaitingProcessesTest} runs: asks for a task, of which it says reason and result. It
 * hardly ever looks by itself.
 */
final class WaiterMain {
  private WaiterMain() {}

  /** A URL, and what its own run would return. */
  public static void main(String[] args) throws Exception {
    ExecutorService listening = Executors.newSingleThreadExecutor();
    try (JdbcStore store =
            JdbcStore.builder(args[0])
                .listenExecutor(listening)
                .polling(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofHours(1))
                .build();
        TaskCache cache = TaskCache.builder(store).longestWait(Duration.ofMinutes(1)).build()) {
      Outcome<Outputs> outcome =
          cache.getOrRun(Samples.named(1), () -> Samples.text("run by " + args[1]));
      System.out.println(outcome.decision().reason());
      System.out.println(outcome.value().equals(Samples.text("of the owner")));
      System.out.println(outcome.value());
    } finally {
      listening.shutdown();
    }
  }
}

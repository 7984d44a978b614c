package dev.taskcache.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Threads that end with the test. */
record Threads(ExecutorService executor) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  Threads(int count) {
    this(Executors.newFixedThreadPool(count));
  }

  <T> Future<T> run(Callable<T> task) {
    return executor.submit(task);
  }

  /** Runs one task on each of so many threads, and waits for all of them. */
  static <T> List<T> all(int count, IntFunction<Callable<T>> task) throws Exception {
    List<T> results = new ArrayList<>();
    try (Threads threads = new Threads(count)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.run(task.apply(i)));
      }
      for (Future<T> each : running) {
        results.add(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
    }
    return results;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

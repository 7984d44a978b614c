package dev.taskcache.jdbc;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.Outputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * A process whose threads ask for the same tasks, each of them for every second one; a task adds a
 * byte to a file of its own. Says {@code ready}, waits for a line, says {@code progress} now and
 * then, and at the end {@code value NUMBER VALUE…} for each task and {@code reason REASON COUNT}
 * for each reason.
 *
 * <p>Its arguments: the database's URL, its own name, threads, tasks, a seed, the files' folder.
 */
final class CountingMain {
  // How far the order of one thread may differ from another's: near enough to meet.
  private static final int JITTER = 24;
  private static final int CALLS_BETWEEN_SIGNS = 500;

  private final String name;
  private final Path counters;
  private final TaskCache cache;
  private final Map<Integer, Set<String>> values = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Reason, LongAdder> reasons = new EnumMap<>(Reason.class);

  private CountingMain(String name, Path counters, TaskCache cache) {
    this.name = name;
    this.counters = counters;
    this.cache = cache;
    for (Reason each : Reason.values()) {
      reasons.put(each, new LongAdder());
    }
  }

  public static void main(String[] arguments) throws Exception {
    ExecutorService listening = Executors.newCachedThreadPool();
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    try (JdbcStore store =
            JdbcStore.builder(arguments[0])
                .deadline(Duration.ofSeconds(60))
                .listenExecutor(listening)
                .build();
        TaskCache cache = TaskCache.builder(store).scheduler(scheduler).build()) {
      int threads = Integer.parseInt(arguments[2]);
      int tasks = Integer.parseInt(arguments[3]);
      Random random = new Random(Long.parseLong(arguments[4]));
      CountingMain main = new CountingMain(arguments[1], Path.of(arguments[5]), cache);
      System.out.println("ready");
      if (System.in.read() >= 0) {
        main.run(threads, tasks, random);
      }
    } finally {
      listening.shutdownNow();
      scheduler.shutdownNow();
    }
  }

  private void run(int threads, int tasks, Random random) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<Integer> order = order(i, tasks, random);
      String thread = name + "/" + i;
      running.add(
          executor.submit(
              () -> {
                for (int each : order) {
                  ask(each, thread);
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    executor.shutdown();
    values.forEach(
        (number, seen) -> System.out.println("value " + number + " " + String.join(" ", seen)));
    reasons.forEach((reason, count) -> System.out.println("reason " + reason + " " + count));
  }

  /** Every second task, nearly in the same order as other threads. */
  private static List<Integer> order(int thread, int tasks, Random random) {
    int[] places = random.ints(tasks, 0, JITTER).toArray();
    return IntStream.range(0, tasks)
        .filter(each -> (each + thread) % 2 == 0)
        .boxed()
        .sorted((a, b) -> Integer.compare(a + places[a], b + places[b]))
        .toList();
  }

  private void ask(int number, String thread) throws Exception {
    Outcome<Outputs> outcome =
        cache.getOrRun(
            WorkerRequests.of(number, name),
            () -> {
              Files.write(
                  counters.resolve(String.valueOf(number)),
                  new byte[] {1},
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND);
              return WorkerRequests.outputs(thread);
            });
    values
        .computeIfAbsent(number, each -> Collections.synchronizedSet(new TreeSet<>()))
        .add(WorkerRequests.value(outcome.value()));
    reasons.get(outcome.decision().reason()).increment();
    if (calls.incrementAndGet() % CALLS_BETWEEN_SIGNS == 0) {
      System.out.println("progress");
    }
  }
}

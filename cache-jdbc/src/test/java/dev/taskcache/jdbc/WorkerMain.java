package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.event.CacheListener;
import dev.taskcache.explain.Subject;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The other end of a {@link Worker}, which says what it can be told and what it tells. */
final class WorkerMain implements CacheListener {
  private static final int LONGEST_TASK_MINUTES = 30;
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private final String name;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, CompletableFuture<Void>> permits = new ConcurrentHashMap<>();
  private final LeaseTimes times;
  private final TaskCache cache;

  private WorkerMain(WorkerSettings settings) {
    name = settings.name();
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4);
    JdbcStore store =
        JdbcStore.builder(settings.url())
            .deadline(settings.deadline())
            .listenExecutor(threads)
            .polling(settings.polling(), settings.polling(), settings.polling())
            .build();
    times = new LeaseTimes(settings.lease(), scheduler);
    CacheStore timed = times.watching(store);
    cache =
        TaskCache.builder(timed)
            .lease(settings.lease())
            .scheduler(scheduler)
            .listener(this)
            .build();
  }

  public static void main(String[] arguments) throws IOException {
    WorkerMain worker = new WorkerMain(WorkerSettings.of(arguments));
    tell("ready");
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      worker.threads.execute(() -> worker.obey(words));
    }
    Runtime.getRuntime().halt(0); // Whoever gave commands is gone.
  }

  private void obey(String[] words) {
    String about = words[1];
    try {
      switch (words[0]) {
        case "ask" -> ask(about, Integer.parseInt(words[2]));
        case "await" -> await(about, Integer.parseInt(words[2]), Duration.parse(words[3]));
        case "go" -> permit(about).complete(null);
        case "renew" -> tell("renewed", about, cache.renew(LeaseToken.parse(words[2])));
        case "publish" -> publish(about, LeaseToken.parse(words[2]));
        default -> throw new IllegalArgumentException(words[0]);
      }
    } catch (Throwable e) {
      tell("threw", about, String.join("_", e.toString().split("\\s+")));
    }
  }

  private void ask(String id, int key) throws Exception {
    long start = System.nanoTime();
    Outcome<Outputs> outcome =
        cache.getOrRun(
            WorkerRequests.of(key, name),
            () -> {
              times.begin();
              tell("begin", id, key);
              permit(id).get(LONGEST_TASK_MINUTES, TimeUnit.MINUTES);
              times.end();
              return value(id);
            });
    ended(id, key, outcome.decision(), outcome.write(), outcome.value(), start);
  }

  private void await(String id, int key, Duration longest) throws Exception {
    long start = System.nanoTime();
    CacheDecision decision = cache.await(WorkerRequests.of(key, name), longest);
    WriteOutcome write = new WriteOutcome.NotAttempted("nothing was run");
    if (decision instanceof CacheDecision.Miss miss) {
      LeaseToken token = miss.token().orElseThrow(() -> new IllegalStateException(miss.toString()));
      tell("begin", id, key);
      write = cache.publish(token, value(id));
    }
    Outputs outputs = decision instanceof CacheDecision.Hit hit ? hit.storedOutputs() : value(id);
    ended(id, key, decision, write, outputs, start);
  }

  private void publish(String id, LeaseToken token) {
    WriteOutcome write = cache.publish(token, value(id));
    tell("published", id, write.getClass().getSimpleName());
  }

  private void ended(
      String id, int key, CacheDecision decision, WriteOutcome write, Outputs outputs, long start) {
    long fence = 0;
    Outputs received = outputs;
    if (write instanceof WriteOutcome.Stored stored) {
      fence = stored.entry().fence();
    } else if (write instanceof WriteOutcome.AlreadyStored stored) {
      fence = stored.entry().fence();
      received = stored.entry().outputs();
    }
    tell(
        "end",
        id,
        key,
        decision.reason(),
        write.getClass().getSimpleName(),
        fence,
        WorkerRequests.value(received),
        times.wasLate() ? "late" : "timely",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private Outputs value(String id) {
    return WorkerRequests.outputs(name + "/" + id);
  }

  private CompletableFuture<Void> permit(String id) {
    return permits.computeIfAbsent(id, each -> new CompletableFuture<>());
  }

  @Override
  public void onLeaseLost(Subject subject) {
    tell("lost", subject.task().task());
  }

  /** A line in one write, so that what was told before a SIGKILL is told whole. */
  private static void tell(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object each : words) {
      line.append(line.isEmpty() ? "" : " ").append(each);
    }
    byte[] bytes = line.append('\n').toString().getBytes(UTF_8);
    synchronized (OUT) {
      try {
        OUT.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package dev.taskcache.bench;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.security.MessageDigest;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A hit in memory, beside the key and a bare map, and what a second thread adds to each. */
@State(Scope.Benchmark)
public class HitBenchmark {
  private static final int TASKS = 1_000;

  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();
  private final ConcurrentHashMap<CacheKey, Outputs> map = new ConcurrentHashMap<>();
  private final TaskRequest[] requests = new TaskRequest[TASKS];
  private byte[][] documents = new byte[0][];

  /** Each thread asks for its own tasks in turn. */
  @State(Scope.Thread)
  public static class Turn {
    private static int threads;
    private final MessageDigest sha256 = Workload.sha256();
    private int next;

    @Setup
    public void begin() {
      synchronized (Turn.class) {
        next = threads++ * TASKS / 2;
      }
    }

    int next() {
      next = next + 1 == TASKS ? 0 : next + 1;
      return next;
    }
  }

  @Setup
  public void store() throws InterruptedException {
    Outputs outputs = Workload.outputs();
    documents = new byte[TASKS][];
    for (int i = 0; i < TASKS; i++) {
      requests[i] = Workload.request(Workload.inputs(i));
      documents[i] = Workload.key(requests[i]).documents().get("inputs");
      map.put(Workload.key(requests[i]).key(), outputs);
      cache.getOrRun(requests[i], () -> outputs);
    }
  }

  @Benchmark
  public byte[] sha256(Turn turn) {
    return turn.sha256.digest(documents[turn.next()]);
  }

  @Benchmark
  public Outputs keyAndGet(Turn turn) {
    return map.get(Workload.key(requests[turn.next()]).key());
  }

  @Benchmark
  public Outcome<Outputs> hit(Turn turn) throws InterruptedException {
    return cache.getOrRun(
        requests[turn.next()],
        () -> {
          throw new AssertionError("a miss");
        });
  }
}

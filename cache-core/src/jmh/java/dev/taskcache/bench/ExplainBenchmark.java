package dev.taskcache.bench;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Explanation;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Why a task has to run, found among 64 earlier entries of its component, beside its key. */
@State(Scope.Thread)
public class ExplainBenchmark {
  private static final int ENTRIES = 64;

  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();
  private final TaskRequest request = Workload.request(Workload.inputs(ENTRIES));

  @Setup
  public void store() throws InterruptedException {
    Outputs outputs = Workload.outputs();
    for (int i = 0; i < ENTRIES; i++) {
      Map<String, Object> inputs = Workload.inputs(i);
      inputs.put("epochs", i);
      cache.getOrRun(Workload.request(inputs), () -> outputs);
    }
  }

  @Benchmark
  public CacheKey key() {
    return Workload.key(request).key();
  }

  @Benchmark
  public Explanation explanation() {
    return cache.explanations().explain(request);
  }
}

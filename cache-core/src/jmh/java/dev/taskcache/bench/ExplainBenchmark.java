package dev.taskcache.bench;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Explanation;
import dev.taskcache.key.TaskKey;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An explanation among 64 earlier entries with 20 inputs each, beside the key. */
@State(Scope.Benchmark)
public class ExplainBenchmark {
  private static final int EARLIER = 64;

  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();
  private final TaskRequest later = Workload.request(Workload.inputs(EARLIER));

  @Setup
  public void store() throws InterruptedException {
    Outputs outputs = Workload.outputs();
    for (int i = 0; i < EARLIER; i++) {
      cache.getOrRun(Workload.request(Workload.inputs(i)), () -> outputs);
    }
    if (cache.explanations().explain(later).earlier().isEmpty()) {
      throw new IllegalStateException("there is nothing to compare with");
    }
  }

  @Benchmark
  public Explanation explain() {
    return cache.explanations().explain(later);
  }

  @Benchmark
  public TaskKey key() {
    return Workload.key(later);
  }
}

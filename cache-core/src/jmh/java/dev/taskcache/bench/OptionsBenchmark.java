package dev.taskcache.bench;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A hit in memory whose options are set on every level, beside one of which nobody said any. */
@State(Scope.Benchmark)
public class OptionsBenchmark {
  private static final Limits LIMITS =
      new Limits(Mode.READ_WRITE, Duration.ofDays(365), Verification.NONE, "the company");

  private final InMemoryStore store = new InMemoryStore();
  private final TaskCache plain = TaskCache.builder(store).build();
  private final TaskCache limited =
      TaskCache.builder(store)
          .defaults(CachingOptions.builder().waitForRunning(true).build())
          .administrator(
              TaskRequest.DEFAULT_NAMESPACE,
              CachingOptions.builder().maxAge(Duration.ofDays(90)).build(),
              LIMITS)
          .build();
  private TaskRequest without;
  private TaskRequest with;

  @Setup
  public void store() throws InterruptedException {
    without = Workload.request(Workload.inputs(1));
    with =
        TaskRequest.builder(Workload.COMPONENT)
            .inputs(Workload.inputs(1))
            .outputs(Workload.OUTPUTS)
            .version("3")
            .options(
                Level.PIPELINE,
                "pipeline.yaml:3",
                CachingOptions.builder().verification(Verification.EXISTS).build())
            .options(
                Level.TASK,
                "pipeline.yaml:12",
                CachingOptions.builder().mode(Mode.READ_WRITE).reproducibility(0).build())
            .options(
                Level.RUN,
                "--max-age",
                CachingOptions.builder().maxAge(Duration.ofDays(30)).build())
            .build();
    Outputs outputs = Workload.outputs();
    plain.getOrRun(without, () -> outputs);
  }

  @Benchmark
  public ResolvedOptions resolve() {
    return limited.options(with);
  }

  @Benchmark
  public Outcome<Outputs> hitWithout() throws InterruptedException {
    return hit(plain, without);
  }

  @Benchmark
  public Outcome<Outputs> hitWith() throws InterruptedException {
    return hit(limited, with);
  }

  private static Outcome<Outputs> hit(TaskCache cache, TaskRequest request)
      throws InterruptedException {
    return cache.getOrRun(
        request,
        () -> {
          throw new AssertionError("a miss");
        });
  }
}

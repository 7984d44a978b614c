package dev.taskcache.version;

import dev.taskcache.TaskCache;
import dev.taskcache.store.CacheStore;
import dev.taskcache.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What one process has of its own: cache, resolver, threads; a test has several over one store. */
final class TestProcess implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMinutes(1);
  static final Duration BRIEF = Duration.ofMillis(50);

  final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicInteger running = new AtomicInteger();
  final TaskCache cache;
  final VersionResolver resolver;
  final UpperCaseCompiler compiler = new UpperCaseCompiler("1");
  final CompiledPipelines pipelines;
  final RecurringRuns runs;
  final List<Object> told = new CopyOnWriteArrayList<>();

  TestProcess(PipelineSource source, CacheStore store, SettableClock time) {
    this(source, store, time, time, builder -> builder);
  }

  TestProcess(
      PipelineSource source,
      CacheStore store,
      SettableClock time,
      Clock ownClock,
      UnaryOperator<VersionResolverBuilder> settings) {
    cache = TaskCache.builder(store).clock(ownClock).build();
    resolver =
        settings
            .apply(
                VersionResolver.builder(source, new LineReader(), cache, this::execute)
                    .interval(INTERVAL)
                    .lookupTimeout(Duration.ofSeconds(20))
                    .ticker(() -> nanos(time.instant()))
                    .listener(new Told()))
            .build();
    pipelines = CompiledPipelines.builder(resolver, compiler).build();
    runs = RecurringRuns.of(pipelines, store);
  }

  private void execute(Runnable work) {
    running.incrementAndGet();
    executor.execute(
        () -> {
          try {
            work.run();
          } finally {
            running.decrementAndGet();
          }
        });
  }

  private static long nanos(Instant time) {
    return Duration.between(PublishedVersions.START, time).toNanos();
  }

  /** What was begun on the executor is over. */
  void awaitIdle() {
    while (running.get() > 0) {
      Thread.onSpinWait();
    }
  }

  String latest() throws Exception {
    return resolver.resolve("p", VersionSelection.latest()).version().id();
  }

  String ready() throws Exception {
    return pipelines.ready("p", VersionSelection.latest()).version().id();
  }

  <T> List<T> told(Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    executor.shutdownNow();
    cache.close();
  }

  record Stale(Resolution resolution) {}

  record Compiled(PipelineVersion version) {}

  record CompileFailed(PipelineVersion version, String problem) {}

  private final class Told implements VersionListener {
    @Override
    public void onChange(VersionChange change) {
      told.add(change);
    }

    @Override
    public void onRefusal(Refusal refusal) {
      told.add(refusal);
    }

    @Override
    public void onStale(Resolution resolution) {
      told.add(new Stale(resolution));
    }

    @Override
    public void onCompiled(PipelineVersion version) {
      told.add(new Compiled(version));
    }

    @Override
    public void onCompileFailed(PipelineVersion version, String problem) {
      told.add(new CompileFailed(version, problem));
    }

    @Override
    public void onSlot(SlotDecision decision) {
      told.add(decision);
    }
  }
}

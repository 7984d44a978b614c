package dev.taskcache.examples;

import dev.taskcache.TaskCache;
import dev.taskcache.kfp.KfpPipelineReader;
import dev.taskcache.kfp.KfpPlanCompiler;
import dev.taskcache.version.CompiledPipelines;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.VersionResolver;
import dev.taskcache.version.VersionResolverBuilder;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a source, looked up and compiled on threads of its own. Close it before the
 * cache: what other processes are to know is written to the store by then. Thread-safe.
 */
final class Versions implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final long LONGEST_END_SECONDS = 5;

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "taskcache-versions");
            thread.setDaemon(true);
            return thread;
          });
  private final VersionResolver resolver;
  private final CompiledPipelines pipelines;

  /**
   * How versions are looked up.
   *
   * @param namespace whose pipelines
   * @param interval how long an answer of the source is good
   * @param oldest how old information may be while the source fails; null if any age is allowed
   */
  record Lookup(String namespace, Duration interval, @Nullable Duration oldest) {
    /** A source that fails is left alone no longer than one that answers. */
    private Duration pause() {
      return interval.compareTo(LONGEST_PAUSE) < 0 ? interval : LONGEST_PAUSE;
    }
  }

  Versions(TaskCache cache, PipelineSource source, Lookup lookup) {
    VersionResolverBuilder builder =
        VersionResolver.builder(source, new KfpPipelineReader(), cache, executor)
            .namespace(lookup.namespace())
            .interval(lookup.interval())
            .retryAfter(lookup.pause());
    if (lookup.oldest() != null) {
      builder.oldestInformation(lookup.oldest());
    }
    resolver = builder.build();
    pipelines = CompiledPipelines.builder(resolver, new KfpPlanCompiler()).build();
  }

  VersionResolver resolver() {
    return resolver;
  }

  CompiledPipelines pipelines() {
    return pipelines;
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

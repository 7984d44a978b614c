package dev.taskcache.version;

import dev.taskcache.TaskCache;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Versions being compiled in this process: each once, on the caller's executor; the store sees to
 * it that no other process does the same. Thread-safe.
 */
final class Compilation {
  private final VersionResolver.Settings settings;
  private final PipelineCompiler compiler;
  private final Map<String, ?> options;
  private final Duration timeout;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  Compilation(
      VersionResolver.Settings settings,
      PipelineCompiler compiler,
      Map<String, ?> options,
      Duration timeout) {
    this.settings = settings;
    this.compiler = compiler;
    this.options = Map.copyOf(options);
    this.timeout = timeout;
  }

  /** One that was begun, at which reading of the ticker. */
  private record Running(Attempt<byte[]> attempt, long begun) {}

  /** Compiles, or takes what this or another process compiled; blocks. */
  byte[] compile(PipelineVersion version) throws Exception {
    TaskCache cache = settings.store().cache();
    return cache
        .<byte[], Exception>getOrRun(
            settings.tasks().compiled(version, identity()),
            VersionTasks.COMPILED,
            () -> {
              byte[] compiled = compiler.compile(settings.contents().load(version), options);
              settings.contents().describe(version); // While it can be loaded: for later reports.
              return compiled;
            })
        .value();
  }

  /**
   * What another process compiled already: one look at the store, and none where this process is at
   * it itself.
   */
  Optional<byte[]> compiledElsewhere(PipelineVersion version) {
    if (running.containsKey(version.digest())) {
      return Optional.empty();
    }
    return settings
        .store()
        .peek(settings.tasks().compiled(version, identity()), VersionTasks.COMPILED)
        .map(VersionStore.Aged::value);
  }

  /**
   * The compilation of a version that is under way or over; begins it if there is none, or if one
   * failed long enough ago. Content that cannot be compiled stays so.
   */
  Attempt<byte[]> begin(PipelineVersion version) {
    Running fresh = new Running(new Attempt<>(timeout, () -> compile(version)), settings.now());
    Running current =
        running.compute(
            version.digest(),
            (digest, last) -> last == null || mayRepeat(last, fresh.begun()) ? fresh : last);
    if (current == fresh) {
      fresh.attempt().start(settings.executor());
    }
    return current.attempt();
  }

  VersionTasks.Compiling identity() {
    return new VersionTasks.Compiling(compiler, options);
  }

  /** Nobody asks for it again: the version is good. */
  void forget(PipelineVersion version) {
    running.remove(version.digest());
  }

  private boolean mayRepeat(Running last, long now) {
    return last.attempt().isDone()
        && now - last.begun() >= settings.interval().toNanos()
        && !(failure(last.attempt()) instanceof IllegalArgumentException);
  }

  /** Why one that is over failed; null if it did not. */
  private static @Nullable Throwable failure(Attempt<byte[]> over) {
    try {
      over.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      return e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }
}

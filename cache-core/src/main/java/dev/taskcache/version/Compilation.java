package dev.taskcache.version;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions being compiled in this process: each once, on the caller's executor; the store sees to
 * it that no other process does the same. Thread-safe.
 */
final class Compilation {
  private static final Logger LOG = LoggerFactory.getLogger(CompiledPipelines.class);

  private final VersionResolver.Settings settings;
  private final PipelineCompiler compiler;
  private final Map<String, ?> options;
  private final Duration timeout;
  private final Executor executor;
  private final Map<String, Attempt<byte[]>> running = new ConcurrentHashMap<>();

  Compilation(
      VersionResolver.Settings settings,
      PipelineCompiler compiler,
      Map<String, ?> options,
      Duration timeout,
      Executor executor) {
    this.settings = settings;
    this.compiler = compiler;
    this.options = Map.copyOf(options);
    this.timeout = timeout;
    this.executor = executor;
  }

  /** Compiles, or takes what this or another process compiled; blocks. */
  byte[] compile(PipelineVersion version) throws Exception {
    return settings
        .store()
        .getOrRun(
            settings.tasks().compiled(version, identity()),
            VersionTasks.COMPILED,
            () -> {
              byte[] content = settings.contents().load(version);
              byte[] compiled = compiler.compile(content, options);
              noteDescription(version, content);
              return compiled;
            })
        .value();
  }

  /** For reports of later changes, when it may not be there to be loaded. */
  private void noteDescription(PipelineVersion version, byte[] content)
      throws InterruptedException {
    try {
      settings.contents().describe(version, () -> content);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} is compiled, and cannot be described", version, e);
    }
  }

  /** What was compiled already, here or elsewhere: one look at the store. */
  Optional<byte[]> compiledAlready(PipelineVersion version) {
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
    Attempt<byte[]> current =
        running.compute(
            version.digest(),
            (digest, last) -> {
              long now = settings.now();
              return last == null || mayRepeat(last, now)
                  ? new Attempt<>(timeout, now, () -> compile(version))
                  : last;
            });
    current.start(executor);
    return current;
  }

  VersionTasks.Compiling identity() {
    return new VersionTasks.Compiling(compiler, options);
  }

  /** Nobody asks for it again: the version is good. */
  void forget(PipelineVersion version) {
    running.remove(version.digest());
  }

  private boolean mayRepeat(Attempt<byte[]> last, long now) {
    return last.mayRepeat(now, settings.interval())
        && !(last.failure() instanceof IllegalArgumentException);
  }
}

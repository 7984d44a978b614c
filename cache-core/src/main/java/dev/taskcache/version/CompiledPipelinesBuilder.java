package dev.taskcache.version;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;

/** Builds {@link CompiledPipelines}. Not thread-safe. */
public final class CompiledPipelinesBuilder {
  private final VersionResolver resolver;
  private final PipelineCompiler compiler;
  private Map<String, ?> options = Map.of();
  private Duration timeout = Duration.ofMinutes(10);
  private Executor executor;

  CompiledPipelinesBuilder(VersionResolver resolver, PipelineCompiler compiler) {
    this.resolver = resolver;
    this.compiler = compiler;
    this.executor = resolver.settings().executor();
  }

  /**
   * Sets what else decides how versions are compiled; nothing unless set.
   *
   * @param options values that an input of a task can have; copied
   * @return this builder
   */
  public CompiledPipelinesBuilder options(Map<String, ?> options) {
    this.options = Map.copyOf(options);
    return this;
  }

  /**
   * Sets how long a compilation may take; ten minutes unless set. Then its thread is interrupted.
   *
   * @param longest more than zero
   * @return this builder
   */
  public CompiledPipelinesBuilder timeout(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("timeout is " + longest + "; give more than zero");
    }
    this.timeout = longest;
    return this;
  }

  /**
   * Sets what compiles; the resolver's executor unless set. One that has few threads should be
   * another than the resolver's: compilations that hang hold up look-ups otherwise.
   *
   * @param executor the caller's, who ends it
   * @return this builder
   */
  public CompiledPipelinesBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  /**
   * Builds.
   *
   * @return compiled pipelines, none yet
   */
  public CompiledPipelines build() {
    return new CompiledPipelines(
        resolver, new Compilation(resolver.settings(), compiler, options, timeout, executor));
  }
}

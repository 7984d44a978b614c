package dev.taskcache.version;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link VersionResolver}. Not thread-safe. */
public final class VersionResolverBuilder {
  private final PipelineSource source;
  private final PipelineReader reader;
  private final TaskCache cache;
  private final Executor executor;
  private String namespace = TaskRequest.DEFAULT_NAMESPACE;
  private Duration interval = Duration.ofMinutes(1);
  private Duration retryAfter = Duration.ofSeconds(10);
  private Duration lookupTimeout = Duration.ofSeconds(10);
  private @Nullable Duration oldest;
  private boolean mayMoveBack;
  private VersionListener listener = VersionListener.NONE;
  private LongSupplier ticker = System::nanoTime;

  VersionResolverBuilder(
      PipelineSource source, PipelineReader reader, TaskCache cache, Executor executor) {
    this.source = source;
    this.reader = reader;
    this.cache = cache;
    this.executor = executor;
  }

  /**
   * Sets whose pipelines they are; {@value TaskRequest#DEFAULT_NAMESPACE} unless set. Answers are
   * shared inside a namespace.
   *
   * @param namespace never empty
   * @return this builder
   */
  public VersionResolverBuilder namespace(String namespace) {
    this.namespace = namespace;
    return this;
  }

  /**
   * Sets how long an answer of the source is good; one minute unless set.
   *
   * @param interval zero asks the source each time
   * @return this builder
   */
  public VersionResolverBuilder interval(Duration interval) {
    this.interval = notNegative("interval", interval);
    return this;
  }

  /**
   * Sets how long a source that failed is left alone; ten seconds unless set.
   *
   * @param pause from the beginning of the request that failed
   * @return this builder
   */
  public VersionResolverBuilder retryAfter(Duration pause) {
    this.retryAfter = notNegative("retryAfter", pause);
    return this;
  }

  /**
   * Sets how long anybody waits for the source; ten seconds unless set. Then the request is
   * interrupted, and what was known last is given.
   *
   * @param longest from the beginning of the request
   * @return this builder
   */
  public VersionResolverBuilder lookupTimeout(Duration longest) {
    this.lookupTimeout = notNegative("lookupTimeout", longest);
    return this;
  }

  /**
   * Sets how old information may be while the source fails; any age unless set. A version that is
   * pinned needs no news and has no such limit.
   *
   * @param age the greatest age
   * @return this builder
   */
  public VersionResolverBuilder oldestInformation(Duration age) {
    this.oldest = notNegative("oldestInformation", age);
    return this;
  }

  /**
   * Allows that a list which is older than the last one moves schedules back: the source is not
   * asked whether the versions that it leaves out were deleted.
   *
   * @return this builder
   */
  public VersionResolverBuilder mayMoveBack() {
    this.mayMoveBack = true;
    return this;
  }

  /**
   * Sets who is told of changes, refusals and stale information.
   *
   * @param listener thread-safe
   * @return this builder
   */
  public VersionResolverBuilder listener(VersionListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Sets what measures elapsed time; {@link System#nanoTime} unless set.
   *
   * @param nanos never goes back; nanoseconds from any moment
   * @return this builder
   */
  public VersionResolverBuilder ticker(LongSupplier nanos) {
    this.ticker = Objects.requireNonNull(nanos);
    return this;
  }

  /**
   * Builds the resolver.
   *
   * @return a new one, which knows nothing yet
   */
  public VersionResolver build() {
    VersionTasks tasks = new VersionTasks(namespace);
    VersionStore store = new VersionStore(cache);
    Contents contents = new Contents(source, reader, store, tasks);
    VersionResolver.Settings settings =
        new VersionResolver.Settings(
            source,
            store,
            contents,
            tasks,
            executor,
            interval,
            retryAfter,
            lookupTimeout,
            oldest,
            mayMoveBack,
            ticker);
    return new VersionResolver(settings, new VersionNews(listener, contents));
  }

  private static Duration notNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + " is " + duration + "; give zero or more");
    }
    return duration;
  }
}

package dev.taskcache.version;

import dev.taskcache.TaskCache;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.version.VersionUnavailableException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells which version of a pipeline to run now.
 *
 * <p>The source is asked at most once per interval and pipeline, by one caller for all; its answer
 * is shared through the cache's store. While the source fails, what was known last is given, marked
 * so. Thread-safe; blocks while the source is asked, no longer than {@link
 * VersionResolverBuilder#lookupTimeout}.
 */
public final class VersionResolver {
  private final Settings settings;
  private final VersionNews news;
  private final Map<String, PipelineState> pipelines = new ConcurrentHashMap<>();

  VersionResolver(Settings settings, VersionNews news) {
    this.settings = settings;
    this.news = news;
  }

  /** What a builder says. */
  record Settings(
      PipelineSource source,
      VersionStore store,
      Contents contents,
      VersionTasks tasks,
      Executor executor,
      Duration interval,
      Duration retryAfter,
      Duration lookupTimeout,
      @Nullable Duration oldest,
      boolean mayMoveBack,
      LongSupplier ticker) {

    long now() {
      return ticker.getAsLong();
    }

    /** A version that is pinned needs no news. */
    boolean isTooOld(VersionSelection selection, Information information) {
      return oldest != null
          && information.stale()
          && !(selection instanceof VersionSelection.Pinned)
          && information.age().compareTo(oldest) > 0;
    }

    VersionUnavailableException tooOld(
        VersionSelection selection, PipelineVersion version, Information information) {
      return new VersionUnavailableException(
          Kind.TOO_OLD,
          "pipeline "
              + version.pipeline()
              + " ("
              + selection
              + "): version "
              + version.id()
              + " is "
              + information
              + ", and at most "
              + oldest
              + " is allowed; mend the source, pin a version, or allow older information",
          null);
    }

    CachingOptions recent() {
      Duration tick = Duration.ofNanos(1000); // As old as the interval is too old, here and there.
      return VersionTasks.within(
          interval.compareTo(tick) > 0 ? interval.minus(tick) : Duration.ZERO);
    }
  }

  /**
   * Begins a resolver.
   *
   * @param source where versions are published
   * @param reader reads what versions consist of, to compare them
   * @param cache through whose store answers are shared; the caller closes it
   * @param executor asks the source, one pipeline per task; the caller ends it
   * @return a builder
   */
  public static VersionResolverBuilder builder(
      PipelineSource source, PipelineReader reader, TaskCache cache, Executor executor) {
    return new VersionResolverBuilder(source, reader, cache, executor);
  }

  /**
   * The version that a selection means now.
   *
   * @param pipeline the pipeline
   * @param selection which of its versions
   * @return the version, and why
   * @throws VersionUnavailableException if there is none, or what is known is too old
   * @throws InterruptedException if this thread is interrupted
   */
  public Resolution resolve(String pipeline, VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    return resolved(pipeline, selection).resolution();
  }

  /** A resolution, and at which reading of the ticker the source was asked for it. */
  record Resolved(Resolution resolution, long askedAt) {}

  Resolved resolved(String pipeline, VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    PipelineState.Seen seen = state(pipeline).see();
    Choice choice = choose(pipeline, seen, selection);
    Information information =
        seen.known().information(choice.version(), seen.problem(), settings.now());
    if (settings.isTooOld(selection, information)) {
      throw settings.tooOld(selection, choice.version(), information);
    }
    Resolution resolution =
        new Resolution(
            selection,
            choice.version(),
            VersionReason.of(selection),
            information,
            choice.refusals());
    news.resolved(resolution);
    return new Resolved(resolution, seen.known().askedAt());
  }

  private Choice choose(String pipeline, PipelineState.Seen seen, VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    Known known = seen.known();
    Chooser chooser = new Chooser(settings.source(), settings.contents());
    Attempt<Choice> fresh =
        new Attempt<>(
            settings.lookupTimeout(), () -> chooser.choose(pipeline, known.answer(), selection));
    Attempt<Choice> attempt = known.choices().computeIfAbsent(selection, any -> fresh);
    if (attempt == fresh) {
      attempt.start(
          Chooser.needsSource(known.answer(), selection) ? settings.executor() : Runnable::run);
    }
    try {
      Choice choice = attempt.get();
      if (attempt == fresh) {
        choice.refusals().forEach(news::refused);
      }
      return choice;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof VersionUnavailableException none) {
        throw none;
      }
      known.choices().remove(selection, attempt);
      throw failed(pipeline, selection, cause.toString(), cause);
    } catch (TimeoutException e) {
      known.choices().remove(selection, attempt);
      throw failed(pipeline, selection, "it did not answer within " + settings.lookupTimeout(), e);
    }
  }

  private static VersionUnavailableException failed(
      String pipeline, VersionSelection selection, String problem, Throwable cause) {
    return new VersionUnavailableException(
        Kind.SOURCE_FAILED,
        "pipeline "
            + pipeline
            + " ("
            + selection
            + "): the source failed: "
            + problem
            + "; mend the source, or run a compiled version by its file",
        cause);
  }

  /**
   * Forgets how young the answer for a pipeline is: the next caller asks the source.
   *
   * @param pipeline the pipeline
   */
  public void refresh(String pipeline) {
    state(pipeline).refresh();
  }

  /**
   * Says that a version was published: unless it is known already, the next caller asks for it, the
   * store first.
   *
   * @param pipeline the pipeline
   * @param id the version's id
   */
  public void published(String pipeline, String id) {
    state(pipeline).published(id);
  }

  private PipelineState state(String pipeline) {
    return pipelines.computeIfAbsent(pipeline, name -> new PipelineState(name, settings));
  }

  /**
   * What differs between two versions. Asks store and source, on this thread.
   *
   * @param from a version
   * @param to another, of the same pipeline or not
   * @return what a reader of both sees
   * @throws IOException if one cannot be loaded
   * @throws IllegalArgumentException if one is no pipeline
   * @throws InterruptedException if this thread is interrupted
   */
  public PipelineChange changes(PipelineVersion from, PipelineVersion to)
      throws IOException, InterruptedException {
    Contents contents = settings.contents();
    return PipelineChange.between(contents.describe(from), contents.describe(to));
  }

  /** Whether nobody asked for this pipeline yet, or ended anything that is known of it. */
  boolean knowsNothing(String pipeline) {
    return state(pipeline).untouched();
  }

  Settings settings() {
    return settings;
  }

  VersionNews news() {
    return news;
  }
}

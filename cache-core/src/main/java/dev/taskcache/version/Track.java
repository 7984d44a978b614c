package dev.taskcache.version;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.version.Information.Origin;
import dev.taskcache.version.VersionUnavailableException.Kind;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One selection of one pipeline, and the last version of it that was good: known here, or left in
 * the store by another process. Thread-safe.
 */
final class Track {
  private static final Logger LOG = LoggerFactory.getLogger(CompiledPipelines.class);

  private final String pipeline;
  private final VersionSelection selection;
  private final VersionResolver resolver;
  private final VersionResolver.Settings settings;
  private final Compilation compilation;
  private final AtomicReference<@Nullable Good> last = new AtomicReference<>();
  private final AtomicReference<@Nullable Attempt<byte[]>> told = new AtomicReference<>();

  Track(
      String pipeline,
      VersionSelection selection,
      VersionResolver resolver,
      Compilation compilation) {
    this.pipeline = pipeline;
    this.selection = selection;
    this.resolver = resolver;
    this.settings = resolver.settings();
    this.compilation = compilation;
  }

  /** What is to be run: found at once where there is a good version. */
  ReadyVersion ready() throws VersionUnavailableException, InterruptedException {
    Good good = good();
    long now = settings.now();
    if (good != null
        && good.age(now).compareTo(settings.interval()) < 0
        && resolver.knowsNothing(pipeline)) {
      return good.ready(selection, now);
    }
    VersionResolver.Resolved wanted;
    try {
      wanted = resolver.resolved(pipeline, selection);
    } catch (VersionUnavailableException e) {
      return withoutNews(good, e);
    }
    PipelineVersion version = wanted.resolution().version();
    if (good != null && good.is(version)) {
      return confirmed(good, wanted);
    }
    byte[] elsewhere = compilation.compiledElsewhere(version).orElse(null);
    if (elsewhere != null) {
      return adopted(wanted, elsewhere);
    }
    Attempt<byte[]> compiling = compilation.begin(version);
    if (good != null && !compiling.isDone()) {
      return kept(good, wanted, VersionReason.KEPT_WHILE_COMPILING, "version " + version.id());
    }
    return finished(good, wanted, compiling);
  }

  /** As {@link #ready}, but waits until what is selected is compiled, or cannot be. */
  ReadyVersion prepare() throws VersionUnavailableException, InterruptedException {
    ReadyVersion ready = ready();
    if (ready.reason() != VersionReason.KEPT_WHILE_COMPILING) {
      return ready;
    }
    VersionResolver.Resolved wanted = resolver.resolved(pipeline, selection);
    return finished(good(), wanted, compilation.begin(wanted.resolution().version()));
  }

  /** Waits for a compilation, unless it is over. */
  private ReadyVersion finished(
      @Nullable Good good, VersionResolver.Resolved wanted, Attempt<byte[]> compiling)
      throws VersionUnavailableException, InterruptedException {
    Throwable failure;
    try {
      return adopted(wanted, compiling.get());
    } catch (ExecutionException e) {
      failure = e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      failure = new TimeoutException("it was not compiled in time");
    }
    PipelineVersion version = wanted.resolution().version();
    String problem = "version " + version.id() + ": " + failure.getMessage();
    if (told.getAndSet(compiling) != compiling) {
      resolver.news().compileFailed(version, problem);
    }
    if (good == null) {
      throw new VersionUnavailableException(
          Kind.NOT_COMPILED,
          "pipeline "
              + pipeline
              + " ("
              + selection
              + "): "
              + problem
              + "; no earlier version is compiled; publish one that can be",
          failure);
    }
    return kept(good, wanted, VersionReason.KEPT_AFTER_FAILURE, problem);
  }

  private @Nullable Good good() {
    Good good = last.get();
    if (good != null) {
      return good;
    }
    TaskRequest request = request(VersionTasks.anyAge());
    settings
        .store()
        .peek(request, VersionTasks.CURRENT)
        .map(
            found ->
                new Good(
                    found.value().version(),
                    found.value().compiled(),
                    Origin.SHARED,
                    settings.now() - found.age().toNanos() - found.value().informationAgeNanos()))
        .ifPresent(found -> last.compareAndSet(null, found));
    return last.get();
  }

  /** The source, or what is known of it, still selects it. */
  private ReadyVersion confirmed(Good good, VersionResolver.Resolved by) {
    Resolution resolution = by.resolution();
    if (!resolution.information().stale() && by.askedAt() > good.askedAt()) {
      Origin origin = resolution.information().origin();
      share(good, new Good(good.version(), good.compiled(), origin, by.askedAt()));
    }
    return good.as(resolution, resolution.reason(), null);
  }

  private ReadyVersion adopted(VersionResolver.Resolved by, byte[] compiled) {
    Resolution resolution = by.resolution();
    Good adopted =
        new Good(resolution.version(), compiled, resolution.information().origin(), by.askedAt());
    compilation.forget(resolution.version());
    Good before = last.get();
    if (before != null && before.askedAt() > by.askedAt()) {
      return before.as(resolution, resolution.reason(), null); // Others were faster, and know more.
    }
    if (share(before, adopted)) {
      resolver.news().compiled(resolution.version());
    }
    return adopted.as(resolution, resolution.reason(), null);
  }

  private ReadyVersion kept(
      Good good, VersionResolver.Resolved wanted, VersionReason reason, String awaited) {
    return good.as(wanted.resolution(), reason, awaited);
  }

  /** The source cannot be asked, and the resolver never knew what the store knows. */
  private ReadyVersion withoutNews(@Nullable Good good, VersionUnavailableException failure)
      throws VersionUnavailableException {
    if (good == null || failure.kind() != Kind.SOURCE_FAILED) {
      throw failure;
    }
    Information information =
        new Information(Origin.LAST_KNOWN, good.age(settings.now()), failure.getMessage());
    if (settings.isTooOld(selection, information)) {
      throw settings.tooOld(selection, good.version(), information);
    }
    return good.by(selection, information);
  }

  /** For this process at once, for all others through the store; false if another was faster. */
  private boolean share(@Nullable Good before, Good now) {
    if (!last.compareAndSet(before, now)) {
      return false;
    }
    try {
      settings.executor().execute(() -> store(now));
    } catch (RuntimeException e) { // Rejected: others ask the source for themselves.
      LOG.debug("The executor refused to store what {} of {} is", selection, pipeline, e);
    }
    return true;
  }

  private void store(Good good) {
    long age = good.age(settings.now()).toMillis();
    Current current = new Current(good.version(), good.compiled(), age);
    TaskCache cache = settings.store().cache();
    try {
      cache.getOrRun(request(VersionTasks.anew()), VersionTasks.CURRENT, () -> current);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("What {} of {} is cannot be shared with other processes", selection, pipeline, e);
    }
  }

  private TaskRequest request(CachingOptions options) {
    return settings
        .tasks()
        .current(settings.source().name(), pipeline, selection, compilation.identity(), options);
  }
}

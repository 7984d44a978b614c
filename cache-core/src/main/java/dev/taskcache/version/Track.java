package dev.taskcache.version;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.version.Information.Origin;
import dev.taskcache.version.VersionUnavailableException.Kind;
import java.util.List;
import java.util.Optional;
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
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
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
    takeWhatIsCompiled();
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
    if (good != null && good.version().isSame(version)) {
      return confirmed(good, wanted);
    }
    byte[] already = compilation.compiledAlready(version).orElse(null);
    if (already != null) {
      return adopted(wanted, already);
    }
    Attempt<byte[]> compiling = compilation.begin(version);
    if (good != null && !compiling.isDone()) {
      pending.set(new Pending(wanted, compiling));
      return good.as(
          wanted.resolution(), VersionReason.KEPT_WHILE_COMPILING, "version " + version.id());
    }
    return finished(good, wanted, compiling);
  }

  /** A version that was selected, and that nobody waited for. */
  private record Pending(VersionResolver.Resolved wanted, Attempt<byte[]> compiling) {}

  /** What was selected before is good by now, also if something newer is selected again. */
  private void takeWhatIsCompiled() throws InterruptedException {
    Pending before = pending.get();
    if (before != null && before.compiling.isDone() && pending.compareAndSet(before, null)) {
      try {
        adopted(before.wanted, before.compiling.get());
      } catch (ExecutionException | TimeoutException e) {
        tellFailure(before.wanted.resolution().version(), before.compiling);
      }
    }
  }

  /** The compiled form of a version, if it is the last good one. */
  Optional<byte[]> compiled(PipelineVersion version) {
    return Optional.ofNullable(last.get())
        .filter(good -> good.version().isSame(version))
        .map(good -> good.compiled());
  }

  /** As {@link #ready}, but waits until what is selected is compiled, or cannot be. */
  ReadyVersion prepare() throws VersionUnavailableException, InterruptedException {
    ReadyVersion ready = ready();
    Pending begun = pending.get();
    if (ready.reason() != VersionReason.KEPT_WHILE_COMPILING || begun == null) {
      return ready;
    }
    return finished(good(), begun.wanted, begun.compiling);
  }

  /** Waits for a compilation, unless it is over. */
  private ReadyVersion finished(
      @Nullable Good good, VersionResolver.Resolved wanted, Attempt<byte[]> compiling)
      throws VersionUnavailableException, InterruptedException {
    try {
      return adopted(wanted, compiling.get());
    } catch (ExecutionException | TimeoutException e) {
      PipelineVersion version = wanted.resolution().version();
      String problem = tellFailure(version, compiling);
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
            e);
      }
      return good.as(wanted.resolution(), VersionReason.KEPT_AFTER_FAILURE, problem);
    }
  }

  /** Says what failed, to listeners once. */
  private String tellFailure(PipelineVersion version, Attempt<byte[]> compiling) {
    Throwable failure = compiling.failure();
    String problem =
        "version "
            + version.id()
            + ": "
            + (failure instanceof TimeoutException || failure == null
                ? "it was not compiled in time"
                : failure.getMessage());
    if (told.getAndSet(compiling) != compiling) {
      resolver.news().compileFailed(version, problem);
    }
    return problem;
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
        .ifPresent(this::found);
    return last.get();
  }

  private void found(Good inStore) {
    if (last.compareAndSet(null, inStore)) {
      resolver.news().follow(selection, inStore.version(), inStore.askedAt());
    }
  }

  /** The source, or what is known of it, still selects it. */
  private ReadyVersion confirmed(Good good, VersionResolver.Resolved by) {
    Resolution resolution = by.resolution();
    Origin origin = resolution.information().origin();
    if (origin != Origin.LAST_KNOWN && by.askedAt() > good.askedAt()) {
      Good younger = new Good(good.version(), good.compiled(), origin, by.askedAt());
      if (last.compareAndSet(good, younger) && origin == Origin.SOURCE) {
        share(younger); // Whoever only read the answer leaves that to who asked for it.
      }
    }
    return good.as(resolution, resolution.reason(), null);
  }

  private ReadyVersion adopted(VersionResolver.Resolved by, byte[] compiled) {
    Resolution resolution = by.resolution();
    compilation.forget(resolution.version());
    Good before = last.get();
    if (before != null && before.askedAt() > by.askedAt()) {
      return before.as(resolution, resolution.reason(), null); // Others were faster, and know more.
    }
    Origin origin = resolution.information().origin();
    Good adopted = new Good(resolution.version(), compiled, origin, by.askedAt());
    boolean known = before != null && before.version().isSame(adopted.version());
    if (!known && last.compareAndSet(before, adopted)) {
      share(adopted);
      resolver.news().compiled(resolution.version());
    }
    return adopted.as(resolution, resolution.reason(), null);
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
    resolver
        .news()
        .stale(
            new Resolution(
                selection, good.version(), VersionReason.of(selection), information, List.of()));
    return good.by(selection, information);
  }

  /** For all other processes, through the store; in the background, as no run waits for it. */
  private void share(Good good) {
    try {
      settings.executor().execute(() -> store(good));
    } catch (RuntimeException e) { // Rejected: others ask the source for themselves.
      LOG.debug("The executor refused to store what {} of {} is", selection, pipeline, e);
    }
  }

  /** Whoever is at it now has as much to say: nobody waits. */
  private void store(Good good) {
    long age = good.age(settings.now()).toMillis();
    Current current = new Current(good.version(), good.compiled(), age);
    TaskCache cache = settings.store().cache();
    try {
      cache.getOrRun(request(VersionTasks.anewAtOnce()), VersionTasks.CURRENT, () -> current);
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

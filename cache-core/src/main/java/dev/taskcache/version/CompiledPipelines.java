package dev.taskcache.version;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Compiled versions of pipelines: each is compiled once in all processes that share a store, and
 * again when the compiler or its options change.
 *
 * <p>Compiling is apart from running: a version that is selected anew is compiled on the resolver's
 * executor, and until that has succeeded the last good version is given. Thread-safe.
 */
public final class CompiledPipelines {
  /** Who follows more selections looks into the store now and then. */
  static final int MOST_TRACKS = 1000;

  private final VersionResolver resolver;
  private final Compilation compilation;
  private final LoadingCache<Followed, Track> tracks =
      CacheBuilder.newBuilder().maximumSize(MOST_TRACKS).build(CacheLoader.from(this::begin));

  CompiledPipelines(VersionResolver resolver, Compilation compilation) {
    this.resolver = resolver;
    this.compilation = compilation;
  }

  /**
   * Begins.
   *
   * @param resolver tells which versions there are
   * @param compiler compiles them, on the resolver's executor
   * @return a builder
   */
  public static CompiledPipelinesBuilder builder(
      VersionResolver resolver, PipelineCompiler compiler) {
    return new CompiledPipelinesBuilder(resolver, compiler);
  }

  /**
   * What to run now. While there is a good version this waits for no compilation, and for the
   * source no longer than the resolver allows; inside the resolver's interval it asks neither
   * source nor store. Only the very first version of all is waited for.
   *
   * @param pipeline the pipeline
   * @param selection which of its versions
   * @return the version, compiled, and why it is this one
   * @throws VersionUnavailableException if there is none
   * @throws InterruptedException if this thread is interrupted
   */
  public ReadyVersion ready(String pipeline, VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    return track(pipeline, selection).ready();
  }

  /**
   * As {@link #ready}, but waits for the compilation of what is selected. A host calls it between
   * runs, on a thread of its own, so that the next run finds the newest version compiled.
   *
   * @param pipeline the pipeline
   * @param selection which of its versions
   * @return the version, compiled; the last good one if what is selected cannot be compiled
   * @throws VersionUnavailableException if there is none
   * @throws InterruptedException if this thread is interrupted
   */
  public ReadyVersion prepare(String pipeline, VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    return track(pipeline, selection).prepare();
  }

  /**
   * The compiled form of one version: from the store, else made now, on this thread.
   *
   * @param version from the resolver's source
   * @return what the compiler made of it
   * @throws Exception if it cannot be loaded or compiled, as source and compiler throw it
   */
  public byte[] compile(PipelineVersion version) throws Exception {
    return compilation.compile(version);
  }

  /**
   * The compiled form of what a schedule runs, at hand where it is the last good version; else from
   * the store, or made now, in no more than the time that a compilation may take.
   */
  byte[] compiled(Schedule schedule, PipelineVersion version)
      throws ExecutionException, TimeoutException, InterruptedException {
    Optional<byte[]> atHand = track(schedule.pipeline(), schedule.selection()).compiled(version);
    if (atHand.isPresent()) {
      return atHand.get();
    }
    Optional<byte[]> stored = compilation.compiledAlready(version);
    if (stored.isPresent()) {
      return stored.get();
    }
    byte[] made = compilation.begin(version).get();
    compilation.forget(version);
    return made;
  }

  private Track track(String pipeline, VersionSelection selection) {
    return tracks.getUnchecked(new Followed(pipeline, selection));
  }

  private Track begin(Followed followed) {
    return new Track(followed.pipeline(), followed.selection(), resolver, compilation);
  }

  VersionResolver resolver() {
    return resolver;
  }
}

package dev.taskcache.kfp;

import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.ResolvedOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the caching of v2 tasks beside a pipeline's file: by the compiler, the
 * installation, and whoever submits a run. As the {@linkplain KfpRun.Builder#overrides overrides}
 * of a run it decides as the release does; what the release does not obey is left out. Immutable
 * and thread-safe.
 *
 * @param release the release of the installation
 * @param cachedByDefault whether the compiler caches tasks that say nothing: false where {@code
 *     KFP_DISABLE_EXECUTION_CACHING_BY_DEFAULT} was set, or {@code
 *     --disable-execution-caching-by-default} given
 * @param cacheEnabled {@code CACHEENABLED} of the API server
 * @param enableCaching {@code enable_caching=} of the client's call that submitted a local file;
 *     null if it was not given, or the file was not a local one
 */
public record KfpSettings(
    KfpRelease release,
    boolean cachedByDefault,
    boolean cacheEnabled,
    @Nullable Boolean enableCaching)
    implements KfpOverrides {
  private static final CachingOptions ON = CachingOptions.builder().mode(Mode.READ_WRITE).build();
  private static final CachingOptions OFF = CachingOptions.builder().mode(Mode.OFF).build();

  /**
   * What counts where nobody set anything.
   *
   * @param release the release of the installation
   * @return all is on, and left to the tasks
   */
  public static KfpSettings of(KfpRelease release) {
    return new KfpSettings(release, true, true, null);
  }

  /**
   * What counts for a task that says nothing, when its pipeline is compiled; a compiled file has
   * the answer in it already, so that this is for hosts that make requests without one.
   *
   * @return a layer of {@link Level#LIBRARY}; on in releases whose compiler has no such default
   */
  public Layer compilerDefault() {
    boolean off = !cachedByDefault && KfpSwitch.COMPILER_DEFAULT.in(release).counts();
    return off
        ? new Layer(
            Level.LIBRARY,
            "the compiler's default: KFP_DISABLE_EXECUTION_CACHING_BY_DEFAULT is set",
            OFF)
        : new Layer(Level.LIBRARY, "the compiler's default, which is on", ON);
  }

  /**
   * What the run and the installation say of a task, as far as the release obeys it.
   *
   * @param task its {@linkplain KfpTask#path path}
   * @param written how the file wants it to be cached
   * @return layers of {@link Level#RUN}: {@code enable_caching=} for tasks of the root, and above
   *     it {@code CACHEENABLED} if that is off, as a run has it compiled in
   */
  @Override
  public List<Layer> of(String task, ResolvedOptions written) {
    List<Layer> layers = new ArrayList<>();
    Boolean run = ofRun(isOfRoot(task));
    if (run != null) {
      String where = "enable_caching=" + (run ? "True" : "False") + " of the run, for root tasks";
      layers.add(new Layer(Level.RUN, where, run ? ON : OFF));
    }
    if (isSwitchedOff()) {
      String where =
          "CACHEENABLED=false of the API server, which "
              + release
              + " compiles into every run, above what tasks say";
      layers.add(new Layer(Level.RUN, where, OFF));
    }
    return layers;
  }

  /** Whether a release caches a task whose file says so or not. */
  boolean caches(boolean written, boolean ofRoot) {
    Boolean run = ofRun(ofRoot);
    return !isSwitchedOff() && (run == null ? written : run);
  }

  /** What each switch says to a task, obeyed or not; without those that say nothing. */
  Map<KfpSwitch, Boolean> said(boolean ofRoot) {
    Map<KfpSwitch, Boolean> said = new EnumMap<>(KfpSwitch.class);
    if (!cachedByDefault) {
      said.put(KfpSwitch.COMPILER_DEFAULT, false);
    }
    if (!cacheEnabled) {
      said.put(KfpSwitch.CACHE_ENABLED_V2, false);
    }
    if (enableCaching != null && ofRoot) {
      said.put(KfpSwitch.RUN_ENABLE_CACHING, enableCaching);
    }
    return said;
  }

  private boolean isSwitchedOff() {
    return !cacheEnabled && KfpSwitch.CACHE_ENABLED_V2.in(release).counts();
  }

  private @Nullable Boolean ofRun(boolean ofRoot) {
    return ofRoot && KfpSwitch.RUN_ENABLE_CACHING.in(release).counts() ? enableCaching : null;
  }

  private static boolean isOfRoot(String task) {
    return task.indexOf('.') < 0;
  }
}

package dev.taskcache.kfp;

import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.OptionResolver;
import dev.taskcache.policy.ResolvedOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whether a task of a compiled pipeline is cached, in a release of Kubeflow and here, as far as the
 * file decides it and the {@link KfpSettings} that were given: what else a run or an administrator
 * says comes on top.
 *
 * @param task the task's {@linkplain KfpPipeline.Step#path path}
 * @param line the line that decides in Kubeflow: the task's {@code cachingOptions}, or the task if
 *     it has none
 * @param why what stands there, with file and line
 * @param inKubeflow what the release does; one of cached, not cached and not confirmed
 * @param here how this library reads the file and the settings, with the line that decided
 * @param contradictions which switches contradict each other for this task; {@link
 *     KfpContradiction#sentence} says which of them a release obeys
 */
public record KfpTaskOptions(
    String task,
    int line,
    String why,
    KfpContradiction.Verdict inKubeflow,
    ResolvedOptions here,
    List<KfpContradiction> contradictions) {

  /** Copies the contradictions. */
  public KfpTaskOptions {
    contradictions = List.copyOf(contradictions);
  }

  /**
   * Reads what a pipeline says about each of its tasks that runs a process.
   *
   * @param pipeline the pipeline
   * @param release the release that is to run it
   * @return in an order in which they could run; importers are not in it, as nothing of them is
   *     cached
   */
  public static List<KfpTaskOptions> of(KfpPipeline pipeline, KfpRelease release) {
    return of(pipeline, KfpSettings.of(release));
  }

  /**
   * The same with what is said beside the file.
   *
   * @param pipeline the pipeline
   * @param settings what the compiler, the installation and the run say
   * @return as {@link #of(KfpPipeline, KfpRelease)}
   */
  public static List<KfpTaskOptions> of(KfpPipeline pipeline, KfpSettings settings) {
    return Use.all(pipeline.spec()).stream()
        .filter(use -> use.component().body() instanceof Container)
        .map(use -> of(use, settings))
        .toList();
  }

  private static KfpTaskOptions of(Use use, KfpSettings settings) {
    Caching caching = use.task().caching();
    Layer around =
        use.groups().stream()
            .map(group -> group.caching().ofGroup())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    List<Layer> layers = new ArrayList<>(Caching.layers(use.task(), around));
    ResolvedOptions written = OptionResolver.resolve(layers, Limits.NONE);
    layers.addAll(settings.of(use.path(), written));
    return new KfpTaskOptions(
        use.path(),
        caching.spot().line(),
        caching.where(),
        verdict(use, settings),
        OptionResolver.resolve(layers, Limits.NONE),
        KfpContradiction.among(said(use, settings)));
  }

  private static KfpContradiction.Verdict verdict(Use use, KfpSettings settings) {
    if (!KfpSwitch.ENABLE_CACHE.in(settings.release()).counts()) {
      return KfpContradiction.Verdict.UNCONFIRMED;
    }
    return settings.caches(use.isCached(), use.groups().isEmpty())
        ? KfpContradiction.Verdict.CACHED
        : KfpContradiction.Verdict.NOT_CACHED;
  }

  private static Map<KfpSwitch, Boolean> said(Use use, KfpSettings settings) {
    Map<KfpSwitch, Boolean> said = new EnumMap<>(KfpSwitch.class);
    said.putAll(settings.said(use.groups().isEmpty()));
    if (use.task().caching().said()) {
      said.put(KfpSwitch.ENABLE_CACHE, use.task().caching().on());
    }
    // Of several sub-pipelines around it one that is off is what contradicts.
    use.groups().stream()
        .map(Task::caching)
        .filter(Caching::said)
        .forEach(group -> said.merge(KfpSwitch.GROUP_OPTIONS, group.on(), Boolean::logicalAnd));
    return said;
  }
}

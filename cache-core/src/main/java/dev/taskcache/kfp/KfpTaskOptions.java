package dev.taskcache.kfp;

import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.OptionResolver;
import dev.taskcache.policy.ResolvedOptions;
import java.util.List;
import java.util.Objects;

/**
 * Whether a task of a compiled pipeline is cached, in a release of Kubeflow and here, as far as the
 * file decides it: what a run, an installation or an administrator says comes on top.
 *
 * @param task the task's {@linkplain KfpPipeline.Step#path path}
 * @param line the line that decides in Kubeflow: the task's {@code cachingOptions}, or the task if
 *     it has none
 * @param why what stands there, with file and line
 * @param inKubeflow what the release does; one of cached, not cached and not confirmed
 * @param here how this library reads the file, with the line that decided
 */
public record KfpTaskOptions(
    String task, int line, String why, KfpContradiction.Verdict inKubeflow, ResolvedOptions here) {

  /**
   * Reads what a pipeline says about each of its tasks that runs a process.
   *
   * @param pipeline the pipeline
   * @param release the release that is to run it
   * @return in an order in which they could run; importers are not in it, as nothing of them is
   *     cached
   */
  public static List<KfpTaskOptions> of(KfpPipeline pipeline, KfpRelease release) {
    return Use.all(pipeline.spec()).stream()
        .filter(use -> use.component().body() instanceof Container)
        .map(use -> of(use, release))
        .toList();
  }

  private static KfpTaskOptions of(Use use, KfpRelease release) {
    Caching caching = use.task().caching();
    Layer around =
        use.groups().stream()
            .map(group -> group.caching().ofGroup())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new KfpTaskOptions(
        use.path(),
        caching.spot().line(),
        caching.where(),
        verdict(use, release),
        OptionResolver.resolve(Caching.layers(use.task(), around), Limits.NONE));
  }

  private static KfpContradiction.Verdict verdict(Use use, KfpRelease release) {
    if (!KfpSwitch.ENABLE_CACHE.in(release).counts()) {
      return KfpContradiction.Verdict.UNCONFIRMED;
    }
    return use.isCached() ? KfpContradiction.Verdict.CACHED : KfpContradiction.Verdict.NOT_CACHED;
  }
}

package dev.taskcache.examples;

import dev.taskcache.kfp.KfpRelease;
import dev.taskcache.kfp.KfpSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an installation of Kubeflow, a compiler and a run say about caching. */
final class KubeflowSettings {
  @Option(
      names = "--cacheenabled",
      paramLabel = "BOOLEAN",
      arity = "1",
      description = "With --options: CACHEENABLED of the API server; true unless given.")
  private boolean cacheEnabled = true;

  @Option(
      names = "--enable-caching",
      paramLabel = "BOOLEAN",
      arity = "1",
      description = "With --options: enable_caching= of a run that is submitted from this file.")
  private @Nullable Boolean enableCaching;

  @Option(
      names = "--disabled-by-default",
      description = {
        "With --options: the compiler had KFP_DISABLE_EXECUTION_CACHING_BY_DEFAULT set."
      })
  private boolean disabledByDefault;

  KfpSettings of(KfpRelease release) {
    return new KfpSettings(release, !disabledByDefault, cacheEnabled, enableCaching);
  }
}

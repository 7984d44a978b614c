package dev.taskcache.kfp;

import static dev.taskcache.kfp.KfpObedience.ABSENT;
import static dev.taskcache.kfp.KfpObedience.IGNORED;
import static dev.taskcache.kfp.KfpObedience.OBEYED;
import static dev.taskcache.kfp.KfpObedience.PARTLY;
import static dev.taskcache.kfp.KfpObedience.UNCONFIRMED;

/**
 * Where caching can be switched on, off or otherwise in Kubeflow Pipelines, and which release obeys
 * it. There is no switch for a whole pipeline in the file or the API.
 */
public enum KfpSwitch {
  /** {@code cachingOptions.enableCache} of a task that runs a process. */
  ENABLE_CACHE(
      Engine.V2,
      "`cachingOptions.enableCache` of a task",
      "absent, `{}` and `false` are off",
      history(UNCONFIRMED, KfpRelease.V2_0_5, OBEYED)),
  /** {@code cachingOptions.cacheKey} of a task. */
  CACHE_KEY(
      Engine.V2,
      "`cachingOptions.cacheKey` of a task",
      "stands for inputs, image, command, arguments and volumes",
      history(ABSENT, KfpRelease.V2_4, IGNORED, KfpRelease.AFTER, OBEYED)),
  /** {@code cachingOptions} of a task that is a sub-pipeline, a condition or a loop. */
  GROUP_OPTIONS(
      Engine.V2,
      "`cachingOptions` of a sub-pipeline",
      "what has no process is never cached, and nothing is passed on to its tasks",
      history(UNCONFIRMED, KfpRelease.V2_0_5, IGNORED)),
  /** The compiler's default for tasks that say nothing. */
  COMPILER_DEFAULT(
      Engine.V2,
      "compiler: `KFP_DISABLE_EXECUTION_CACHING_BY_DEFAULT`,"
          + " `--disable-execution-caching-by-default`",
      "counts where a task says nothing, when the pipeline is compiled; the default is on",
      history(ABSENT, KfpRelease.V2_4, OBEYED)),
  /** {@code enable_caching} of the client's calls that submit a run. */
  RUN_ENABLE_CACHING(
      Engine.V2,
      "client: `enable_caching=` of a run",
      "tasks of the root only, and only where a local file is submitted",
      history(UNCONFIRMED, KfpRelease.V2_0_5, PARTLY)),
  /** {@code CACHEENABLED} of the API server, for pipelines that the driver runs. */
  CACHE_ENABLED_V2(
      Engine.V2,
      "API server: `CACHEENABLED`, for v2",
      "compiled into each workflow, so that recurring runs keep what they were made with",
      history(UNCONFIRMED, KfpRelease.V2_0_5, IGNORED, KfpRelease.V2_14, OBEYED)),
  /** {@code CACHEENABLED} of the API server, for v1 workflows. */
  CACHE_ENABLED_V1(
      Engine.V1,
      "API server: `CACHEENABLED`, for v1",
      "becomes the label `cache_enabled` of every pod",
      history(UNCONFIRMED, KfpRelease.V2_14, OBEYED)),
  /** The label {@code pipelines.kubeflow.org/cache_enabled}. */
  LABEL_CACHE_ENABLED(
      Engine.V1,
      "label `pipelines.kubeflow.org/cache_enabled`",
      "`true` and nothing else is on; the API server sets it on every pod of a run",
      history(OBEYED)),
  /** The label {@code pipelines.kubeflow.org/enable_caching}. */
  LABEL_ENABLE_CACHING(
      Engine.V1,
      "label `pipelines.kubeflow.org/enable_caching`",
      "what `set_caching_options` of SDK 1.8 writes; the cache server never looks at it",
      history(IGNORED)),
  /** The annotation {@code pipelines.kubeflow.org/max_cache_staleness}. */
  MAX_CACHE_STALENESS(
      Engine.V1,
      "annotation `pipelines.kubeflow.org/max_cache_staleness`",
      "`P0D` is the only way to switch one task off; what cannot be parsed is no limit",
      history(OBEYED)),
  /** {@code DEFAULT_CACHE_STALENESS} of the cache server. */
  DEFAULT_CACHE_STALENESS(
      Engine.V1,
      "cache server: `DEFAULT_CACHE_STALENESS`",
      "counts where a pod's annotation is absent, negative or cannot be parsed",
      history(UNCONFIRMED, KfpRelease.V2_0_5, OBEYED)),
  /** {@code MAXIMUM_CACHE_STALENESS} of the cache server. */
  MAXIMUM_CACHE_STALENESS(
      Engine.V1,
      "cache server: `MAXIMUM_CACHE_STALENESS`",
      "caps what is longer, but not what has no limit; older rows are deleted at each lookup",
      history(UNCONFIRMED, KfpRelease.V2_0_5, OBEYED)),
  /** {@code KFP_SECURITY_LEGACY_CACHE_MODE} of the cache server. */
  LEGACY_CACHE_MODE(
      Engine.V1,
      "cache server: `KFP_SECURITY_LEGACY_CACHE_MODE`",
      "`audit` still finds rows that were stored without a namespace, `enforce` does not",
      history(ABSENT, KfpRelease.AFTER, OBEYED));

  /** Whose caching it is about: the v1 cache server's or the v2 driver's. */
  enum Engine {
    V1,
    V2
  }

  private final Engine engine;
  private final String written;
  private final String meaning;
  private final KfpObedience[] history;

  KfpSwitch(Engine engine, String written, String meaning, KfpObedience[] history) {
    this.engine = engine;
    this.written = written;
    this.meaning = meaning;
    this.history = history;
  }

  /**
   * What a release does with it.
   *
   * @param release the release
   * @return whether it obeys
   */
  public KfpObedience in(KfpRelease release) {
    return history[release.ordinal()];
  }

  /**
   * How it is written, and where.
   *
   * @return Markdown
   */
  public String written() {
    return written;
  }

  /**
   * What there is to know about it.
   *
   * @return a phrase in Markdown
   */
  public String meaning() {
    return meaning;
  }

  Engine engine() {
    return engine;
  }

  /** Obediences, and between each two of them the release that the second began with. */
  private static KfpObedience[] history(Object... changes) {
    KfpObedience[] history = new KfpObedience[KfpRelease.values().length];
    KfpObedience now = (KfpObedience) changes[0];
    int next = 1;
    for (KfpRelease release : KfpRelease.values()) {
      if (next < changes.length && changes[next] == release) {
        now = (KfpObedience) changes[next + 1];
        next += 2;
      }
      history[release.ordinal()] = now;
    }
    return history;
  }
}

package dev.taskcache.kfp;

import dev.taskcache.kfp.KfpFinding.Kind;

/** What a file says about caching, and what a release takes it for. */
final class LintSwitches {
  private final KfpRelease release;
  private final Findings findings;

  LintSwitches(KfpRelease release, Findings findings) {
    this.release = release;
    this.findings = findings;
  }

  void look(Use use) {
    if (use.component().body() instanceof Container container) {
      own(use);
      use.groups().forEach(group -> group(group, use));
      if (use.isCached()) {
        sideEffects(use, container);
      }
      container.platform().labels().forEach(label -> label(label, use));
    }
  }

  private void own(Use use) {
    Caching caching = use.task().caching();
    if (caching.empty()) {
      findings.add(
          Kind.EMPTY_OPTIONS,
          caching.spot(),
          use,
          "cachingOptions: {} is off, as compilers write set_caching_options(False)",
          "write enableCache: true if it is to be cached, enableCache: false to be understood");
    } else if (caching.key() != null && !caching.on()) {
      findings.add(
          Kind.CACHE_KEY_IGNORED,
          caching.spot(),
          use,
          "the cacheKey does not count, as the task is not cached",
          "write enableCache: true beside it, or take it out");
    } else if (caching.key() != null && !KfpSwitch.CACHE_KEY.in(release).counts()) {
      findings.add(
          Kind.CACHE_KEY_IGNORED,
          caching.spot(),
          use,
          release
              + (KfpSwitch.CACHE_KEY.in(release) == KfpObedience.ABSENT
                  ? " has no cacheKey"
                  : " ignores the cacheKey")
              + ": inputs, image and command make the key as ever",
          "leave out of the task's inputs what is not to count, and take the cacheKey out");
    }
  }

  private void group(Task group, Use use) {
    Caching caching = group.caching();
    if (KfpSwitch.GROUP_OPTIONS.in(release) != KfpObedience.IGNORED) {
      return;
    }
    if (caching.said() && !caching.on() && use.isCached()) {
      findings.add(
          Kind.GROUP_OPTIONS_IGNORED,
          caching.spot(),
          use,
          "the sub-pipeline is off, but Kubeflow reads cachingOptions of tasks with a process only"
              + " and caches those inside",
          "call set_caching_options(False) on each task inside");
    } else if (caching.key() != null) {
      findings.add(
          Kind.GROUP_OPTIONS_IGNORED,
          caching.spot(),
          use,
          "the cacheKey of a sub-pipeline is the key of nothing, as it is never cached itself",
          "give a cacheKey to the tasks inside");
    }
  }

  private void sideEffects(Use use, Container container) {
    Caching caching = use.task().caching();
    if (container.isVolumeStep()) {
      volume(use, container);
    } else if (caching.key() == null && Caching.isExitHandler(use.task())) {
      findings.add(
          Kind.EXIT_HANDLER_CACHED,
          caching.spot(),
          use,
          "an exit handler that is found in the cache does nothing: nobody is told, nothing is"
              + " cleaned up",
          "call set_caching_options(False) on it");
    } else if (caching.key() == null && use.component().outputs().isEmpty()) {
      findings.add(
          Kind.NO_OUTPUTS_CACHED,
          caching.spot(),
          use,
          "has no outputs: if it is for a side effect, that does not happen when it is found",
          "call set_caching_options(False) on it, unless it only checks its inputs");
    }
  }

  /** With a suffix the driver makes up a name, which is part of the key. */
  private void volume(Use use, Container container) {
    if (container.image().source().endsWith("createpvc")
        && use.task().parameters().containsKey("pvc_name")) {
      findings.add(
          Kind.VOLUME_CACHED,
          use.task().caching().spot(),
          use,
          "a volume that was made once is taken from the cache later, also when it has been"
              + " deleted",
          "call set_caching_options(False) on it");
    }
  }

  private void label(PlatformSpec.Label label, Use use) {
    findings.add(
        Kind.CACHING_LABEL,
        label.spot(),
        use,
        "the "
            + label.written()
            + " is for the v1 cache server; the v2 driver reads cachingOptions only",
        "take it out, and call set_caching_options on the task");
  }
}

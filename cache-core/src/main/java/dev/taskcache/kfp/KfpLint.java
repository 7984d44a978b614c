package dev.taskcache.kfp;

import java.time.Instant;
import java.util.List;

/**
 * Looks through a compiled pipeline for what surprises people about its caching in a release of
 * Kubeflow. Thread-safe; it runs nothing and asks nobody.
 */
public final class KfpLint {
  private KfpLint() {}

  /**
   * Finds what will surprise.
   *
   * @param pipeline the pipeline
   * @param release the release that is to run it
   * @param now what time it is: a value that is a time within a day of it is taken to be when the
   *     pipeline was compiled
   * @return by line; one finding for each place in the file, with all tasks that it is about
   */
  public static List<KfpFinding> findings(KfpPipeline pipeline, KfpRelease release, Instant now) {
    Spec spec = pipeline.spec();
    Findings findings = new Findings();
    SdkVersions.check(spec, release, findings);
    LintInputs inputs = new LintInputs(now, findings);
    LintSwitches switches = new LintSwitches(release, findings);
    LintProcess process = new LintProcess(release, findings);
    for (Use use : Use.all(spec)) {
      switches.look(use);
      if (use.isCached() && !use.hasCustomKey(release)) {
        process.look(use);
        inputs.look(use);
      }
    }
    return findings.byLine();
  }
}

package dev.taskcache.examples;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What this run wants of the cache. It stands above what the pipeline says, but switches nothing on
 * that is off there.
 */
final class SwitchOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--no-cache",
      description = "Execute every task; neither look for results nor record any.")
  private boolean off;

  @Option(names = "--read-only", description = "Use recorded results, and record none.")
  private boolean readOnly;

  @Option(
      names = "--refresh",
      paramLabel = "TASK",
      description = {
        "Execute this task whatever is recorded, and replace its result; repeat it for more.",
        "A name as `plan` has it; of a loop or a sub-pipeline, all that is inside."
      })
  private List<String> refresh = new ArrayList<>();

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Use no result that is older, for instance P7D or 12h.")
  private @Nullable Duration maxAge;

  @Option(
      names = "--reproducibility",
      paramLabel = "SHARE",
      description = {
        "Execute this share of the tasks again whose results are recorded, for instance 0.1, and"
            + " compare; what is recorded stays, and is used."
      })
  private @Nullable Double share;

  @Option(
      names = "--stop-when-not-reproducible",
      description =
          "Where that gives another result, let nobody use results of the component any more;"
              + " `taskcache stops --clear` ends it.")
  private boolean stop;

  /** Checks the switches against each other, and the names of tasks against the pipeline's. */
  RunOverrides overrides(KfpPipeline pipeline) {
    List<RunOverrides.Switch> switches = new ArrayList<>();
    if (off) {
      refuseBeside("--no-cache", !readOnly, "--read-only");
      refuseBeside("--no-cache", refresh.isEmpty(), "--refresh");
      refuseBeside("--no-cache", maxAge == null, "--max-age");
      refuseBeside("--no-cache", share == null, "--reproducibility");
      switches.add(RunOverrides.Switch.mode("--no-cache", Mode.OFF));
    }
    if (readOnly) {
      refuseBeside("--read-only", refresh.isEmpty(), "--refresh");
      refuseBeside("--read-only", share == null, "--reproducibility");
      switches.add(RunOverrides.Switch.mode("--read-only", Mode.READ_ONLY));
    }
    if (stop && share == null) {
      throw wrong("--stop-when-not-reproducible needs --reproducibility SHARE");
    }
    if (maxAge != null) {
      switches.add(
          new RunOverrides.Switch(
              "--max-age " + maxAge, CachingOptions.builder().maxAge(maxAge).build()));
    }
    if (share != null) {
      switches.add(new RunOverrides.Switch("--reproducibility " + share, sampled(share)));
    }
    return new RunOverrides(switches, RefreshedTasks.of(pipeline, refresh));
  }

  private CachingOptions sampled(double of) {
    try {
      return CachingOptions.builder().reproducibility(of).stopWhenNotReproducible(stop).build();
    } catch (InvalidRequestException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private void refuseBeside(String one, boolean alone, String other) {
    if (!alone) {
      throw wrong(one + " and " + other + " contradict each other; leave one of both out");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}

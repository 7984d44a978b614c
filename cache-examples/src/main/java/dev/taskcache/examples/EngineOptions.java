package dev.taskcache.examples;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the runs of a schedule are executed. */
final class EngineOptions {
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description = "As for `run`: where files and folders that tasks write are kept.")
  private @Nullable Path artifacts;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many tasks run at the same time; default: the processors, at least 2.")
  private int jobs = RunCommand.defaultJobs();

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long other processes wait for a slot or task of this one if it is killed, for"
              + " instance 90s or 5m; default: 30s.")
  private Duration lease = Session.Settings.LEASE;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "As for `run`: digests of image tags, one on a line.")
  private @Nullable Path images;

  /** A session that executes as they say; artifacts are in that folder unless they say another. */
  Session session(Stores stores, Path beside) {
    if (jobs < 1 || lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new ParameterException(
          spec.commandLine(), "--jobs must be at least 1, and --lease at least 1s");
    }
    Path kept = artifacts == null ? beside : artifacts.toAbsolutePath().normalize();
    Session.Settings settings =
        new Session.Settings(
            jobs, PipelineOptions.images(images), new ArtifactOptions().verifier(), lease, false);
    return new Session(stores.forRuns(), kept, settings);
  }
}

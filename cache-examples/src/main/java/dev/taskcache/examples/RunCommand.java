package dev.taskcache.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code taskcache run}. */
@Command(
    name = "run",
    description = {
      "Runs a compiled pipeline's commands as processes of this machine.",
      "",
      "Independent tasks run at the same time, equal ones once, also those of other processes on"
          + " the same store. A task that fails stops only what depends on it. What is recorded"
          + " already is not executed again; files and folders that tasks write are kept beside"
          + " the store."
    })
final class RunCommand implements Callable<Integer> {
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private PipelineOptions options = new PipelineOptions();
  @Mixin private StoreOptions store;
  @Mixin private ArtifactOptions artifacts = new ArtifactOptions();
  @Mixin private SwitchOptions switches = new SwitchOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description = {
        "The folder that files and folders written by tasks are moved to.",
        "Default: artifacts beside the store's file, or in your cache folder if the store is on a"
            + " server; machines that share a store should share this folder."
      })
  private @Nullable Path folder;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many tasks run at the same time; default: the processors, at least 2.")
  private int jobs = defaultJobs();

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many times to run the pipeline, one after the other; default: 1.")
  private int times;

  @Option(
      names = "--lease",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long other processes wait for a task of this one if it is killed, for instance 90s"
              + " or 5m; default: 30s.")
  private Duration lease = Session.Settings.LEASE;

  @Option(
      names = "--first",
      hidden = true,
      description = "The number of the first run, as --json shows it.")
  private int first = 1;

  @Option(names = "--keep", description = "Keep the folder in which the tasks were executed.")
  private boolean keep;

  RunCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  static int defaultJobs() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  @Override
  public Integer call() throws InterruptedException {
    atLeastOne("--jobs", jobs);
    atLeastOne("--times", times);
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new ParameterException(
          spec.commandLine(), "--lease is " + lease + ", and must be at least 1s");
    }
    LocalPipeline read = options.source();
    LocalPipeline source = read.overridden(artifacts.in(switches.overrides(read.pipeline())));
    int code = ExitCodes.OK;
    try (Session session = open()) {
      for (int run = 1; run <= times; run++) {
        if (times > 1 && !report.json()) {
          terminal.out().println("Run " + run + " of " + times);
        }
        Report shown = report.of(terminal, source.pipeline(), first + run - 1);
        RunResult result = session.run(source, shown);
        shown.ended(result);
        code = Math.max(code, result.summary().exitCode());
      }
      if (keep) {
        terminal.err().println("kept " + session.folder());
      }
    }
    return code;
  }

  private Session open() {
    Path kept = folder == null ? store.artifacts() : folder;
    return new Session(
        store.stores().forRuns(),
        kept.toAbsolutePath().normalize(),
        new Session.Settings(jobs, options.images(), artifacts.verifier(), lease, keep));
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + ", and must be at least 1");
    }
  }
}

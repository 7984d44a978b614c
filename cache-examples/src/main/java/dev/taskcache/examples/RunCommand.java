package dev.taskcache.examples;

import java.util.concurrent.Callable;
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
      "Independent tasks run at the same time, equal ones once. A task that fails stops only what"
          + " depends on it. The store is in memory: what one run recorded, the next one of the"
          + " same invocation finds (--times)."
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private PipelineOptions options = new PipelineOptions();
  @Mixin private ReportOptions report = new ReportOptions();

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

  @Option(names = "--keep", description = "Keep the folder in which the tasks were executed.")
  private boolean keep;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static int defaultJobs() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  @Override
  public Integer call() throws InterruptedException {
    atLeastOne("--jobs", jobs);
    atLeastOne("--times", times);
    PipelineSource source = options.source();
    int code = ExitCodes.OK;
    try (Session session = new Session(jobs, options.images(), keep)) {
      for (int run = 1; run <= times; run++) {
        if (times > 1 && !report.json()) {
          terminal.out().println("Run " + run + " of " + times);
        }
        Report shown = report.of(terminal, source.pipeline(), run);
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

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + ", and must be at least 1");
    }
  }
}

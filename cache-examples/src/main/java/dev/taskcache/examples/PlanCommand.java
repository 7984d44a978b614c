package dev.taskcache.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskcache plan}. */
@Command(
    name = "plan",
    description = {
      "Says what `run` would do now: which tasks it would find, which it would execute.",
      "",
      "One look-up for each level of the pipeline; nothing is executed or claimed. What depends on"
          + " a task that would be executed is unknown."
    })
final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private PipelineOptions options = new PipelineOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PipelineSource source = options.source();
    try (Session session = new Session(1, options.images(), false)) {
      report.of(terminal, source.pipeline(), 1).planned(session.plan(source));
    }
    return ExitCodes.OK;
  }
}

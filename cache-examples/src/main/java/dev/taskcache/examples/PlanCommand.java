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
  @Mixin private StoreOptions store;
  @Mixin private ArtifactOptions artifacts = new ArtifactOptions();
  @Mixin private SwitchOptions switches = new SwitchOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  PlanCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    LocalPipeline read = options.source();
    LocalPipeline source = read.overridden(artifacts.in(switches.overrides(read.pipeline())));
    try (Session session = store.session(options.images(), artifacts.verifier())) {
      report.of(terminal, source.pipeline(), 1).planned(session.plan(source));
    }
    return ExitCodes.OK;
  }
}

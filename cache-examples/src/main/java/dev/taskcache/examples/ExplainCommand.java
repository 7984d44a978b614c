package dev.taskcache.examples;

import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskcache explain}. */
@Command(
    name = "explain",
    description = {
      "Says why a task would be a hit or a miss now, and what differs from the nearest earlier run.",
      "",
      "Nothing is executed or claimed. What earlier runs recorded in the store is what a task is"
          + " compared with, whichever process ran them."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private PipelineOptions options = new PipelineOptions();

  @Mixin private StoreOptions store;
  @Mixin private ArtifactOptions artifacts = new ArtifactOptions();

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "The task, as `plan` names it, for instance train or loop[2].fit.")
  private String task = "";

  @Option(
      names = "--against",
      paramLabel = "RUN",
      description =
          "Compare with this run instead of the nearest one; `run` ends with its run's id.")
  private @Nullable String run;

  @Option(names = "--json", description = "Print the explanation as a JSON object.")
  private boolean json;

  ExplainCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    LocalPipeline source = options.source().overridden(artifacts.in(RunOverrides.NONE));
    try (Session session = store.session(options.images(), artifacts.verifier())) {
      Explanation explanation = session.explain(source, task, run);
      terminal.out().println(json ? explanation.toJson() : text(explanation));
    }
    return ExitCodes.OK;
  }

  private String text(Explanation explanation) {
    Verdict verdict = explanation.reason().kind() == Reason.Kind.HIT ? Verdict.HIT : Verdict.MISS;
    String reason = explanation.reason().name();
    return task
        + ": "
        + (terminal.colour() ? verdict.coloured(reason) : reason)
        + ": "
        + explanation;
  }
}

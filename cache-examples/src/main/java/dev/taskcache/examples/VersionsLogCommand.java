package dev.taskcache.examples;

import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.version.RecurringRuns;
import dev.taskcache.version.SlotDecision;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code taskcache versions log}. */
@Command(
    name = "log",
    description = {
      "Prints which version each slot of a schedule was given, why, from information of what age,"
          + " and under which run id: one line a decision, the newest first.",
      "",
      "Needs the store, and no source."
    })
final class VersionsLogCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "SCHEDULE", description = "The schedule's name.")
  @SuppressWarnings("NullAway.Init") // required
  private String schedule;

  @Mixin private StoreOptions store;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = TaskRequest.DEFAULT_NAMESPACE,
      description = "Whose schedule; default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private String namespace;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "How many decisions at most; default: ${DEFAULT-VALUE}.")
  private int last = 20;

  @Option(names = "--json", description = "Print a JSON object per decision and line.")
  private boolean json;

  VersionsLogCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    if (last < 1) {
      throw new ParameterException(
          spec.commandLine(), "--last is " + last + ", and must be at least 1");
    }
    List<SlotDecision> decisions;
    try (CacheStore opened = store.stores().forReading()) {
      decisions = RecurringRuns.log(opened, namespace, schedule, last);
    }
    for (SlotDecision each : decisions) {
      terminal.say(json ? JsonLine.of(DecisionLine.of(each)) : each.toString());
    }
    if (decisions.isEmpty() && !json) {
      terminal.say("Nothing was decided for schedule " + schedule + " in namespace " + namespace);
    }
    return ExitCodes.OK;
  }
}

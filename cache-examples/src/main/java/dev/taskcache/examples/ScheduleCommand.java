package dev.taskcache.examples;

import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.RecurringRuns;
import dev.taskcache.version.Schedule;
import dev.taskcache.version.SlotStarter;
import dev.taskcache.version.VersionSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code taskcache schedule}. */
@Command(
    name = "schedule",
    description = {
      "Runs a pipeline again and again, each time the version that is selected then, and prints for"
          + " each slot which version it got, why, and from information of what age.",
      "",
      "A version is compiled once for all who share the store; until a new one is compiled, and"
          + " while the source fails, the last good one runs. Any number of processes may run one"
          + " schedule: each slot is started once. A slot that cannot be started is tried again"
          + " until it is; after a kill the next process starts it under the same run id. Slots of"
          + " one process run one after the other.",
      "",
      "The exit code is 1 if a task failed."
    })
final class ScheduleCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(20);

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PIPELINE",
      description = "The pipeline's name in the source.")
  private @Nullable String pipeline;

  @Mixin private SourceOptions source;
  @Mixin private SelectionOptions selection = new SelectionOptions();
  @Mixin private LookupOptions lookup = new LookupOptions();
  @Mixin private StoreOptions store;

  @Option(
      names = "--cron",
      paramLabel = "EXPR",
      description = {
        "When: five fields as cron has them, '*/5 * * * *', or six or seven as Quartz has them, the"
            + " first of them seconds, '0 */5 * * * ?'."
      })
  private @Nullable String cron;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "The time zone of --cron, for instance Europe/Berlin; default: UTC.")
  private ZoneId zone = ZoneOffset.UTC;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The schedule's name, unique in its namespace; default: that of the pipeline.")
  private @Nullable String name;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "End after so many slots, when each of them is started; default: never.")
  private int slots = Integer.MAX_VALUE;

  @Option(
      names = "--catch-up",
      paramLabel = "N",
      description = {
        "How many slots to run that nobody was there for, the last ones since the newest in the"
            + " log; default: ${DEFAULT-VALUE}."
      })
  private int catchUp = 1;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = {
        "Where runs are registered, a folder each, called by its id, with its plan and result.",
        "Default: runs beside the store's file, or in your cache folder if the store is on a server;"
            + " machines that share a store have to share this folder."
      })
  private @Nullable Path folder;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "Sets a pipeline parameter, as `run` does; repeat it for more.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--json",
      description = "Print a JSON object per decision and line, and one per run that ended.")
  private boolean json;

  @Option(
      names = "--demo",
      description = {
        "Show it all in a temporary folder, within seconds, with no other option than --json: new"
            + " versions, one that cannot be compiled, a source that goes and comes back."
      })
  private boolean demo;

  @Option(
      names = "--hold-start",
      hidden = true,
      description = "Wait between a slot's claim and its start until this file exists.")
  private @Nullable Path hold;

  ScheduleCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.source = new SourceOptions(environment);
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (demo) {
      return new ScheduleDemo(terminal, json).run();
    } else if (pipeline == null || cron == null) {
      throw wrong("give a PIPELINE and --cron EXPR, or --demo");
    } else if (slots < 1 || catchUp < 0) {
      throw wrong("--slots must be at least 1, and --catch-up at least 0");
    }
    VersionSelection selected = selection.selection();
    CronTimes times = CronTimes.parse(cron, zone);
    PipelineSource opened = source.open();
    Versions.Lookup lookedUp = lookup.lookup();
    Schedule schedule = new Schedule(name == null ? pipeline : name, pipeline, selected);
    Path kept = store.artifacts().toAbsolutePath().normalize();
    RunFolders folders = new RunFolders(folder == null ? kept.resolveSibling("runs") : folder);
    try (Stop stop = new Stop();
        Session session = engine.session(store.stores(), kept);
        Versions versions = new Versions(session.cache(), opened, lookedUp);
        Preparation preparation = new Preparation(versions, schedule)) {
      preparation.every(lookedUp.interval());
      ScheduledRuns runs =
          new ScheduledRuns(
              new ScheduledRuns.Parts(
                  schedule,
                  times,
                  RecurringRuns.of(versions.pipelines(), session.store()),
                  folders,
                  (id, plan) ->
                      session.runAs(
                          id,
                          LocalPipeline.readPlan(plan).with(parameters).in(lookedUp.namespace())),
                  held(stop),
                  new SlotReport(terminal, json)),
              stop);
      return stop.watched(
          () -> {
            runs.takeUp(session.store(), lookedUp.namespace(), catchUp);
            return runs.run(slots);
          });
    }
  }

  private SlotStarter<IOException> held(Stop stop) {
    return (decision, compiled) -> {
      Path until = hold;
      if (until == null) {
        return;
      }
      Files.createFile(until.resolveSibling(until.getFileName() + ".held"));
      try {
        while (!Files.exists(until)) {
          stop.await(POLL);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped before its start", e);
      }
    };
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}

package dev.taskcache.examples;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.version.DirectorySource;
import dev.taskcache.version.RecurringRuns;
import dev.taskcache.version.Schedule;
import dev.taskcache.version.VersionUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/**
 * {@code taskcache schedule --demo}: a schedule of one slot a second on a directory, to which
 * things happen between its slots.
 */
final class ScheduleDemo {
  private static final String PIPELINE = "harvest";
  private static final String EVERY_SECOND = "* * * * * ?";

  private final Terminal terminal;
  private final boolean json;

  /**
   * What happens, and what follows.
   *
   * @param headline what happens before the slots
   * @param event makes it happen
   * @param slots how many slots run then
   * @param lookAt what there is to see in their lines
   */
  private record Act(String headline, Event event, int slots, String lookAt) {}

  /** Something that happens to the source. */
  private interface Event {
    void happen(DemoSource source) throws IOException;
  }

  private static final List<Act> ACTS =
      List.of(
          new Act(
              "v1 is published",
              source -> source.publish("v1"),
              2,
              "the second slot runs the same version, and nothing is executed."),
          new Act(
              "v2 is published; its report has other words",
              source -> source.publish("v2"),
              1,
              "nobody edited the schedule, and only what v2 changes was executed."),
          new Act(
              "v3 is published; one of its tasks names a component that is not there",
              source -> source.publish("v3"),
              1,
              "v3 cannot be compiled, and the slot runs the last good version."),
          new Act(
              "the source is taken away",
              DemoSource::takeAway,
              1,
              "the slot runs all the same, by what is known, and the line says how old that is."),
          new Act(
              "the source is brought back, and v4 is published, which is v3 mended",
              source -> {
                source.bringBack();
                source.publish("v4");
              },
              1,
              "the newest version again."));

  ScheduleDemo(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Shows it; returns the exit code. */
  int run() throws InterruptedException {
    say("The schedule \"demo\" runs the latest version of pipeline harvest each second.");
    try (DemoSource source = DemoSource.create(PIPELINE);
        Stop stop = new Stop()) {
      return stop.watched(() -> acts(source, stop));
    }
  }

  private int acts(DemoSource source, Stop stop) throws InterruptedException {
    Schedule schedule = Schedule.of("demo", PIPELINE);
    Path artifacts = source.folder().resolve("artifacts");
    Session.Settings settings =
        new Session.Settings(
            RunCommand.defaultJobs(),
            ImageDigestResolver.NONE,
            new ArtifactOptions().verifier(),
            Session.Settings.LEASE,
            false);
    StoreAddress store = StoreAddress.parse(source.folder().resolve("demo.db").toString());
    try (Session session =
            new Session(new Stores(store, new TableOptions()).forRuns(), artifacts, settings);
        Versions versions =
            new Versions(
                session.cache(),
                DirectorySource.of(source.published()),
                new Versions.Lookup("demo", Duration.ofMinutes(1), null))) {
      ScheduledRuns runs =
          new ScheduledRuns(
              new ScheduledRuns.Parts(
                  schedule,
                  CronTimes.parse(EVERY_SECOND, ZoneOffset.UTC),
                  RecurringRuns.of(versions.pipelines(), session.store()),
                  new RunFolders(source.folder().resolve("runs")),
                  (id, plan) -> session.runAs(id, LocalPipeline.readPlan(plan).in("demo")),
                  (decision, compiled) -> {},
                  new SlotReport(terminal, json)),
              stop);
      int code = ExitCodes.OK;
      for (Act act : ACTS) {
        say("");
        say("Now " + act.headline() + ".");
        happen(act.event(), source);
        prepare(versions, schedule);
        code = Math.max(code, runs.run(act.slots()));
        say("Look: " + act.lookAt());
      }
      return code;
    }
  }

  private static void happen(Event event, DemoSource source) {
    try {
      event.happen(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a publisher does that tells its schedules; the others find it out within an interval. */
  private static void prepare(Versions versions, Schedule schedule) throws InterruptedException {
    versions.resolver().refresh(schedule.pipeline());
    try {
      versions.pipelines().prepare(schedule.pipeline(), schedule.selection());
    } catch (VersionUnavailableException e) {
      // The next slot says so.
    }
  }

  private void say(String line) {
    if (!json) {
      terminal.out().println(line);
    }
  }
}

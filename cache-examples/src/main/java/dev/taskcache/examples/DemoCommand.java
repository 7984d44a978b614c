package dev.taskcache.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskcache demo}. */
@Command(
    name = "demo",
    description = {
      "Runs the project's own pipeline three times, each time in a process of its own: with nothing"
          + " cached, again, and with one parameter changed.",
      "",
      "It is planets.yaml, and needs sh, awk, sort and date. It and its store are in a temporary"
          + " folder, which is deleted at the end."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String FILE = "planets.yaml";
  private static final String WITH_PLUTO =
      "names=[\"Mercury\",\"Venus\",\"Earth\",\"Mars\",\"Jupiter\",\"Saturn\",\"Uranus\","
          + "\"Neptune\",\"Pluto\"]";

  private static final List<Act> ACTS =
      List.of(
          new Act(
              "nothing is cached yet",
              List.of(),
              "every task was executed, and all results but that of `log` are recorded now."),
          new Act(
              "the same again",
              List.of(),
              "nothing was executed but `log`, whose caching is off: the table's note says in which"
                  + " line."),
          new Act(
              "one parameter changed: names has Pluto, too",
              List.of(WITH_PLUTO),
              "of the loop only the ninth iteration was executed, and after it only what reads its"
                  + " result; the notes say what differs."));

  private final Terminal terminal;

  @Mixin private ReportOptions report = new ReportOptions();

  /**
   * One of the three runs.
   *
   * @param headline what is special about it
   * @param parameters those that are not the default, {@code name=value}
   * @param lookAt what there is to see in its table
   */
  private record Act(String headline, List<String> parameters, String lookAt) {}

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    say(
        "planets.yaml sends each planet around the sun, step by step, and fits Kepler's third law.");
    say("Each of its three runs is a process of its own; what they share is a file, demo.db.");
    say("");
    int code = ExitCodes.OK;
    try (DemoFolder folder = DemoFolder.create(terminal, FILE, text())) {
      for (int run = 1; run <= ACTS.size(); run++) {
        Act act = ACTS.get(run - 1);
        say("Run " + run + " of " + ACTS.size() + ": " + act.headline());
        say("$ " + folder.command(act.parameters()));
        say("");
        code = Math.max(code, folder.run(act.parameters(), options(run)));
        say("Look: " + act.lookAt());
        if (run < ACTS.size()) {
          say("");
        }
      }
    }
    return code;
  }

  private List<String> options(int run) {
    return report.json() ? List.of("--json", "--first", String.valueOf(run)) : List.of();
  }

  private void say(String line) {
    if (!report.json()) {
      terminal.out().println(line);
    }
  }

  static String text() {
    return text(FILE);
  }

  /** A pipeline that comes with the command. */
  static String text(String file) {
    try (InputStream in = Objects.requireNonNull(Main.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

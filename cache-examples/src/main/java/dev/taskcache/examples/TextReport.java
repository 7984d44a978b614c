package dev.taskcache.examples;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.JsonForm;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows a run as a table, and while it goes on, if somebody watches, what is being executed. */
final class TextReport implements Report {
  private static final int LONGEST_OUTPUT = 100;

  private final Terminal terminal;
  private final Comparator<TaskResult> order;
  private final Progress progress;

  /** A report whose table is in that order. */
  TextReport(Terminal terminal, Comparator<TaskResult> order) {
    this.terminal = terminal;
    this.order = order;
    this.progress = new Progress(terminal);
  }

  @Override
  public void started(String task) {
    progress.started(task);
  }

  @Override
  public void finished(TaskResult result) {
    progress.finished(result.task());
  }

  @Override
  public void planned(List<TaskResult> results) {
    print(results);
    terminal.out().println();
    terminal.out().println(counts(Summary.of(results)));
  }

  @Override
  public void ended(RunResult run) {
    progress.clear();
    print(run.tasks());
    outputs(run.outputs());
    terminal.out().println();
    terminal.out().println(summary(run) + " (run " + run.id() + ")");
  }

  /** A run in one line: how many tasks came to what, and what that took and saved. */
  static String summary(RunResult run) {
    return counts(run.summary())
        + "; took "
        + Durations.text(run.time())
        + ", saved "
        + Durations.text(run.summary().saved());
  }

  private void print(List<TaskResult> results) {
    Table table =
        new Table(
            new Table.Column("TASK", false),
            new Table.Column("DECISION", false),
            new Table.Column("REASON", false),
            new Table.Column("LEVEL", false),
            new Table.Column("TIME", true),
            new Table.Column("SAVED", true));
    List<TaskResult> sorted = results.stream().sorted(order).toList();
    for (TaskResult result : sorted) {
      Duration saved = result.saved();
      table.row(
          Table.Cell.of(result.task()),
          new Table.Cell(result.verdict().word(), terminal.colour() ? result.verdict() : null),
          Table.Cell.of(result.reason()),
          Table.Cell.of(level(result)),
          Table.Cell.of(result.time().isZero() ? "" : Durations.text(result.time())),
          Table.Cell.of(saved == null ? "" : Durations.text(saved)));
    }
    table.lines().forEach(terminal.out()::println);
    if (sorted.stream().anyMatch(result -> !result.message().isEmpty())) {
      terminal.out().println();
    }
    sorted.forEach(this::printNote);
  }

  /** Which level decided; the notes and {@code --json} say where on it. */
  private static String level(TaskResult result) {
    return result.setting() == null ? "" : result.setting().level().name();
  }

  private void printNote(TaskResult result) {
    if (!result.message().isEmpty()) {
      terminal.out().println("  " + result.task() + ": " + result.message());
      result.log().forEach(line -> terminal.out().println("    | " + line));
    }
  }

  private void outputs(Map<String, InputValue> outputs) {
    if (!outputs.isEmpty()) {
      terminal.out().println();
    }
    outputs.forEach((name, value) -> terminal.out().println("  " + name + " = " + text(value)));
  }

  private static String text(InputValue value) {
    if (value instanceof InputValue.Text text) {
      return text.value().strip().replaceAll("\\R", "\n    ");
    } else if (value instanceof InputValue.Artifact artifact) {
      return artifact.type()
          + " "
          + (artifact.digest() == null ? artifact.uri() : artifact.digest());
    }
    String json = JsonForm.write(value);
    return json.length() > LONGEST_OUTPUT ? json.substring(0, LONGEST_OUTPUT) + "..." : json;
  }

  private static String counts(Summary summary) {
    Stream<String> counts =
        Arrays.stream(Verdict.values())
            .filter(verdict -> summary.count(verdict) > 0)
            .map(verdict -> verdict.counted(summary.count(verdict)));
    return summary.tasks()
        + (summary.tasks() == 1 ? " task: " : " tasks: ")
        + counts.collect(Collectors.joining(", "));
  }
}

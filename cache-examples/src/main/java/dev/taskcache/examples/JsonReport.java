package dev.taskcache.examples;

import dev.taskcache.policy.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows a run as JSON: an object on a line for each task when it ends, and last the summary. */
final class JsonReport implements Report {
  private final Terminal terminal;
  private final int run;

  /** A report on the run of that number, from 1. */
  JsonReport(Terminal terminal, int run) {
    this.terminal = terminal;
    this.run = run;
  }

  @Override
  public void finished(TaskResult result) {
    Map<String, Object> line = line();
    line.put("task", result.task());
    line.put("decision", result.verdict().word());
    line.put("reason", result.reason());
    Setting setting = result.setting();
    if (setting != null) {
      line.put("level", setting.level());
      line.put("option", setting.field() + " = " + setting.value());
      line.put("where", setting.where());
    }
    line.put("key", result.key());
    line.put("millis", result.time().toMillis());
    if (result.saved() != null) {
      line.put("savedMillis", result.saved().toMillis());
    }
    if (!result.message().isEmpty()) {
      line.put("message", result.message());
    }
    if (!result.log().isEmpty()) {
      line.put("log", result.log());
    }
    print(line);
  }

  @Override
  public void planned(List<TaskResult> results) {
    results.forEach(this::finished);
    Summary summary = Summary.of(results);
    Map<String, Object> line = line();
    line.putAll(counts(summary));
    line.put(Verdict.UNKNOWN.plural(), summary.count(Verdict.UNKNOWN));
    line.put("savedMillis", summary.saved().toMillis());
    print(line);
  }

  @Override
  public void ended(RunResult result) {
    Map<String, Object> line = line();
    line.putAll(summary(result));
    print(line);
  }

  /** A run in one object, as {@link TextReport#summary} has it in one line. */
  static Map<String, Object> summary(RunResult result) {
    Map<String, Object> line = counts(result.summary());
    line.put("id", result.id());
    line.put("savedMillis", result.summary().saved().toMillis());
    line.put("millis", result.time().toMillis());
    return line;
  }

  private static Map<String, Object> counts(Summary summary) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("tasks", summary.tasks());
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.UNKNOWN) {
        line.put(verdict.plural(), summary.count(verdict));
      }
    }
    return line;
  }

  private Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", run);
    return line;
  }

  private void print(Map<String, Object> line) {
    terminal.out().println(JsonLine.of(line));
  }
}

package dev.taskcache.examples;

import dev.taskcache.kfp.KfpPipeline;
import picocli.CommandLine.Option;

/** How a run or plan is shown. */
final class ReportOptions {
  @Option(
      names = "--json",
      description = "Print a JSON object per task and line, and last one with the summary.")
  private boolean json;

  boolean json() {
    return json;
  }

  /** A report on the run of that number, from 1. */
  Report of(Terminal terminal, KfpPipeline pipeline, int run) {
    return json ? new JsonReport(terminal, run) : new TextReport(terminal, new TaskOrder(pipeline));
  }
}

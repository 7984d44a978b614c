package dev.taskcache.kfp;

import dev.taskcache.kfp.KfpFinding.Kind;
import java.time.Instant;
import java.util.TreeMap;

/** Inputs that are others in every run, so that a task is never found. */
final class LintInputs {
  private final RecentTimes times;
  private final Findings findings;

  LintInputs(Instant now, Findings findings) {
    this.times = new RecentTimes(now);
    this.findings = findings;
  }

  void look(Use use) {
    new TreeMap<>(use.sources())
        .values()
        .forEach(sources -> sources.forEach(source -> look(use, source)));
  }

  private void look(Use use, Use.Source source) {
    if (source.filled()) {
      Template.in(source.value(), source.spot()).stream()
          .filter(each -> each.kind() == Placeholder.Kind.RUN_SPECIFIC)
          .findFirst()
          .ifPresent(each -> differs(use, source.spot(), each));
    }
    times.in(source.value()).ifPresent(time -> recent(use, source.spot(), time));
  }

  private void differs(Use use, Spot spot, Placeholder placeholder) {
    findings.add(
        Kind.INPUT_DIFFERS_PER_RUN,
        spot,
        use,
        "an input has "
            + placeholder.text()
            + ", which is another text in every run: the task is never found",
        "leave it out of the task's inputs, or call set_caching_options(False) on the task");
  }

  private void recent(Use use, Spot spot, String time) {
    findings.add(
        Kind.RECENT_TIME,
        spot,
        use,
        "an input is "
            + time
            + ", which is about now: if a clock gave it, each compilation has another key",
        "make it a parameter of the run, no finer than the result depends on it");
  }
}

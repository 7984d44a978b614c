package dev.taskcache.examples;

import dev.taskcache.event.ComponentStats;
import dev.taskcache.explain.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows statistics. */
final class StatsReport {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Terminal terminal;

  StatsReport(Terminal terminal) {
    this.terminal = terminal;
  }

  void text(List<ComponentStats> all) {
    if (all.isEmpty()) {
      terminal.out().println("Nothing was counted in that time.");
      return;
    }
    Table table =
        new Table(
            new Table.Column("NAMESPACE", false),
            new Table.Column("COMPONENT", false),
            new Table.Column("HITS", true),
            new Table.Column("MISSES", true),
            new Table.Column("BYPASSED", true),
            new Table.Column("RATE", true),
            new Table.Column("WAITED", true),
            new Table.Column("BYTES", true),
            new Table.Column("SAVED", true),
            new Table.Column("REMARKS", false));
    for (ComponentStats each : all) {
      table.row(
          Table.Cell.of(each.namespace()),
          Table.Cell.of(each.component()),
          Table.Cell.of(String.valueOf(each.count(Reason.Kind.HIT))),
          Table.Cell.of(String.valueOf(each.count(Reason.Kind.MISS))),
          Table.Cell.of(String.valueOf(each.count(Reason.Kind.BYPASS))),
          Table.Cell.of(String.format(Locale.ROOT, "%.0f %%", 100 * each.hitRate())),
          Table.Cell.of(String.valueOf(each.waits())),
          Table.Cell.of(String.valueOf(each.servedBytes())),
          Table.Cell.of(Durations.text(each.saved())),
          Table.Cell.of(each.remarks().stream().map(Enum::name).collect(Collectors.joining(", "))));
    }
    table.lines().forEach(terminal.out()::println);
    notes(all);
    Duration saved = all.stream().map(ComponentStats::saved).reduce(Duration.ZERO, Duration::plus);
    terminal.out().println();
    terminal.out().println("saved " + Durations.text(saved) + " in all");
  }

  /** Why it missed, and what is not worth it. */
  private void notes(List<ComponentStats> all) {
    terminal.out().println();
    for (ComponentStats each : all) {
      String misses =
          each.decisions().entrySet().stream()
              .filter(reason -> reason.getKey().kind() != Reason.Kind.HIT)
              .map(reason -> reason.getKey() + " " + reason.getValue())
              .collect(Collectors.joining(", "));
      if (!misses.isEmpty()) {
        terminal.out().println("  " + each.component() + ": " + misses);
      }
      if (each.remarks().contains(ComponentStats.Remark.NOT_WORTH_CACHING)) {
        terminal
            .out()
            .println(
                String.format(
                    Locale.ROOT,
                    "  %s: a run takes %.3f ms, looking up %.3f ms and storing %.3f ms; switch its"
                        + " caching off",
                    each.component(),
                    millis(each.run()),
                    millis(each.lookUp()),
                    millis(each.writing())));
      }
    }
  }

  void json(List<ComponentStats> all) {
    for (ComponentStats each : all) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("namespace", each.namespace());
      line.put("component", each.component());
      line.put("hits", each.count(Reason.Kind.HIT));
      line.put("misses", each.count(Reason.Kind.MISS));
      line.put("bypassed", each.count(Reason.Kind.BYPASS));
      line.put("hitRate", each.hitRate());
      line.put("reasons", each.decisions());
      line.put("savedMillis", each.saved().toMillis());
      line.put("servedBytes", each.servedBytes());
      line.put("waits", each.waits());
      line.put("waitedMillis", each.waited().toMillis());
      line.put("runs", each.runs());
      line.put("failures", each.failures());
      line.put("stored", each.stored());
      line.put("storedBytes", each.storedBytes());
      line.put("racesLost", each.racesLost());
      line.put("notReproducible", each.notReproducible());
      line.put("storeFailures", each.storeFailures());
      line.put("runMillis", millis(each.run()));
      line.put("lookUpMillis", millis(each.lookUp()));
      line.put("storeMillis", millis(each.writing()));
      line.put("remarks", each.remarks());
      terminal.out().println(JsonLine.of(line));
    }
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / NANOS_PER_MILLI;
  }
}

package dev.taskcache.examples;

import dev.taskcache.event.ComponentStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache stats}. */
@Command(
    name = "stats",
    description = {
      "Says what the cache did for each component: hits, misses, and how much time was saved, of"
          + " all processes on a store together.",
      "",
      "A process adds its own when it ends, or now and then if it lives long. A component whose"
          + " tasks take less time than looking up and storing their results is remarked"
          + " NOT_WORTH_CACHING."
    })
final class StatsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How far back, in whole hours, for instance P7D or 12h; default: 7 days.")
  private Duration since = Duration.ofDays(7);

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Only of this namespace; default: of all.")
  private @Nullable String namespace;

  @Option(
      names = "--json",
      description = "Print a JSON object per component and line; times are in milliseconds.")
  private boolean json;

  StatsCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    List<ComponentStats> all =
        store
            .stores()
            .onExisting(opened -> ComponentStats.of(opened.statistics().since(since)))
            .stream()
            .filter(each -> namespace == null || each.namespace().equals(namespace))
            .toList();
    StatsReport report = new StatsReport(terminal);
    if (json) {
      report.json(all);
    } else {
      report.text(all);
    }
    return ExitCodes.OK;
  }
}

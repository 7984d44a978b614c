package dev.taskcache.examples;

import dev.taskcache.TaskRequest;
import dev.taskcache.store.ReuseStops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache stops}. */
@Command(
    name = "stops",
    description = {
      "Lists the components whose results nobody uses, because one of their tasks gave two results,"
          + " or lets one be used again.",
      "",
      "What was recorded before stays invalid."
    })
final class StopsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = TaskRequest.DEFAULT_NAMESPACE,
      description = "Whose results; default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private String namespace;

  @Option(
      names = "--clear",
      paramLabel = "COMPONENT",
      description = "Let results of this component be used again.")
  private @Nullable String clear;

  @Option(
      names = "--json",
      description = "Print a JSON object per component and line; with --clear {\"cleared\": ...}.")
  private boolean json;

  StopsCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    if (clear == null) {
      list(store.stores().onExisting(opened -> opened.stops().list(namespace)));
    } else {
      String component = clear;
      boolean cleared =
          store.stores().onExisting(opened -> opened.stops().clear(namespace, component));
      if (json) {
        terminal.out().println(JsonLine.of(Map.of("component", component, "cleared", cleared)));
      } else {
        terminal
            .out()
            .println(
                cleared
                    ? component + " can be used again"
                    : component + " was not stopped in namespace " + namespace);
      }
    }
    return ExitCodes.OK;
  }

  private void list(List<ReuseStops.Stop> stops) {
    if (!json && stops.isEmpty()) {
      terminal.out().println("Nothing is stopped in namespace " + namespace + ".");
    }
    for (ReuseStops.Stop stop : stops) {
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("component", stop.component());
        line.put("since", stop.at().toString());
        line.put("by", stop.by());
        terminal.out().println(JsonLine.of(line));
      } else {
        terminal.out().println(stop);
      }
    }
  }
}

package dev.taskcache.examples;

import dev.taskcache.store.Purge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache purge}. */
@Command(
    name = "purge",
    description = {
      "Forgets what is over for an hour or more: expired results, leases of processes that died,"
          + " traces of what was invalidated. Statistics go after 90 days.",
      "",
      "Artifacts stay; they may be deleted at any time, as what is missing is made again."
    })
final class PurgeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(
      names = "--unused-for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Forget results that nobody has used for so long, too, for instance P30D.")
  private @Nullable Duration unusedFor;

  @Option(
      names = "--json",
      description = "Print {\"store\": ..., \"entries\": ..., \"leases\": ...}.")
  private boolean json;

  PurgeCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    Purge purge = new Purge(unusedFor, Purge.DEAD.grace());
    Purge.Purged gone = store.stores().onExisting(opened -> opened.purge(purge));
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("store", store.address().toString());
      line.put("entries", gone.entries());
      line.put("leases", gone.leases());
      terminal.out().println(JsonLine.of(line));
    } else {
      terminal
          .out()
          .println(
              store.address()
                  + ": forgot "
                  + gone.entries()
                  + (gone.entries() == 1 ? " result" : " results")
                  + " and "
                  + gone.leases()
                  + (gone.leases() == 1 ? " row" : " rows")
                  + " without one");
    }
    return ExitCodes.OK;
  }
}

package dev.taskcache.examples;

import dev.taskcache.jdbc.JdbcSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache migrate}. */
@Command(
    name = "migrate",
    description = {
      "Makes the tables of a store, or adds what a newer version needs.",
      "",
      "May be repeated, also by several processes at once. `run` does it by itself where the store"
          + " is a file; on a server it is yours to do, with this or with what `schema ddl` prints."
    })
final class MigrateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(names = "--json", description = "Print {\"store\": ..., \"migrations\": how many}.")
  private boolean json;

  MigrateCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    Stores stores = store.stores();
    stores.makeFolder();
    int migrations =
        stores.onAny(
            opened -> {
              JdbcSchema schema = opened.schema();
              int run = schema.migrate();
              schema.validate();
              return run;
            });
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("store", store.address().toString());
      line.put("migrations", migrations);
      terminal.out().println(JsonLine.of(line));
    } else {
      terminal
          .out()
          .println(
              store.address()
                  + ": "
                  + (migrations == 0
                      ? "up to date, nothing to do"
                      : migrations + (migrations == 1 ? " migration run" : " migrations run")));
    }
    return ExitCodes.OK;
  }
}

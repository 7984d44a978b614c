package dev.taskcache.examples;

import dev.taskcache.jdbc.JdbcStore;
import dev.taskcache.jdbc.StoreCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks whether a store answers and has what it needs, and counts its rows; changes nothing.",
      "",
      "The exit code is 1 if something is wrong: the last lines say what, and what to do."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(names = "--json", description = "Print all of it as one JSON object.")
  private boolean json;

  DoctorCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    Stores stores = store.stores();
    stores.refuseMissing();
    StoreCheck check = stores.onAny(JdbcStore::check);
    List<String> problems = check.problems().stream().map(StoreAddress::withoutPassword).toList();
    Map<String, Object> found = found(check);
    if (json) {
      found.put("problems", problems);
      terminal.out().println(JsonLine.of(found));
    } else {
      Table table = new Table(new Table.Column("WHAT", false), new Table.Column("FOUND", false));
      found.forEach((what, value) -> table.row(Table.Cell.of(what), Table.Cell.of(text(value))));
      table.lines().forEach(terminal.out()::println);
      terminal.out().println();
      if (problems.isEmpty()) {
        terminal.out().println("No problem.");
      }
      problems.forEach(problem -> terminal.out().println("PROBLEM: " + problem));
    }
    return problems.isEmpty() ? ExitCodes.OK : ExitCodes.PROBLEM_FOUND;
  }

  /** What was found by its name, null where it could not be found out. */
  private Map<String, Object> found(StoreCheck check) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("store", store.address().toString());
    found.put("reachable", check.reachable());
    found.put("database", check.database());
    found.put("schema", check.schemaVersion());
    StoreCheck.Access access = check.access();
    found.put("role", access == null ? null : access.name().toLowerCase(Locale.ROOT));
    found.put("clockAheadMillis", check.reachable() ? check.clockAhead().toMillis() : null);
    StoreCheck.Counts counts = check.counts();
    found.put("rows", counts == null ? null : counts.rows());
    found.put("keys", counts == null ? null : counts.keys());
    found.put("duplicates", counts == null ? null : counts.duplicates());
    found.put("entries", counts == null ? null : counts.entries());
    found.put("expired", counts == null ? null : counts.expired());
    found.put("leased", counts == null ? null : counts.leased());
    found.put("dead", counts == null ? null : counts.dead());
    return found;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "not known";
    } else if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    return value.toString();
  }
}

package dev.taskcache.examples;

import dev.taskcache.jdbc.Database;
import dev.taskcache.jdbc.JdbcSchema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which SQL of a schema is printed, and how. */
final class SqlOptions {
  @Option(
      names = "--dialect",
      required = true,
      paramLabel = "DATABASE",
      description = "postgresql, cockroach, yugabyte or sqlite.")
  @SuppressWarnings("NullAway.Init") // required
  private Database dialect;

  @Mixin private TableOptions tables = new TableOptions();

  @Option(names = "--json", description = "Print {\"dialect\": ..., \"sql\": ...}.")
  private boolean json;

  Database dialect() {
    return dialect;
  }

  TableOptions tables() {
    return tables;
  }

  /** Prints SQL; names that cannot be in it are wrong usage. */
  int print(Terminal terminal, CommandLine command, Function<JdbcSchema, String> sql) {
    String text;
    try {
      text = sql.apply(tables.named(JdbcSchema.withoutDatabase()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("dialect", dialect.name().toLowerCase(Locale.ROOT));
      line.put("sql", text);
      terminal.out().println(JsonLine.of(line));
    } else {
      terminal.out().print(text);
    }
    return ExitCodes.OK;
  }
}

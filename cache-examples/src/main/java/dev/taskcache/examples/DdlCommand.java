package dev.taskcache.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code taskcache schema ddl}. */
@Command(
    name = "ddl",
    description = {
      "Prints the statements of all migrations.",
      "",
      "`migrate` recognises tables that were made with them, and adds to them later."
    })
final class DdlCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private SqlOptions sql = new SqlOptions();

  DdlCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return sql.print(terminal, spec.commandLine(), schema -> schema.ddl(sql.dialect()));
  }
}

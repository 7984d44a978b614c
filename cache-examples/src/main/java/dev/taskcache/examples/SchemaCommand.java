package dev.taskcache.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code taskcache schema}: SQL for those who run it themselves. */
@Command(
    name = "schema",
    synopsisSubcommandLabel = "(ddl | roles)",
    description = "Prints the SQL that makes a store's tables, or that gives rights on them.")
final class SchemaCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say which SQL: ddl or roles");
  }
}

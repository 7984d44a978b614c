package dev.taskcache.examples;

import dev.taskcache.jdbc.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code taskcache schema roles}. */
@Command(
    name = "roles",
    description = {
      "Prints the statements that give three roles what each needs and no more.",
      "",
      "The writer claims, publishes, invalidates and purges; the reader finds and explains; the"
          + " migrator owns the tables. Roles and tables exist before. Needs --schema."
    })
final class RolesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private SqlOptions sql = new SqlOptions();

  @Option(names = "--writer", paramLabel = "ROLE", description = "Default: taskcache_writer.")
  private String writer = "taskcache_writer";

  @Option(names = "--reader", paramLabel = "ROLE", description = "Default: taskcache_reader.")
  private String reader = "taskcache_reader";

  @Option(names = "--migrator", paramLabel = "ROLE", description = "Default: taskcache_migrator.")
  private String migrator = "taskcache_migrator";

  RolesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (sql.dialect() == Database.SQLITE) {
      throw misused("SQLite has no roles; whoever may write the file may do everything");
    } else if (sql.tables().schema() == null) {
      throw misused(
          "rights are given in a schema with a name; give --schema, public if it is that");
    }
    return sql.print(
        terminal, spec.commandLine(), schema -> schema.roles(writer, reader, migrator));
  }

  private ParameterException misused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}

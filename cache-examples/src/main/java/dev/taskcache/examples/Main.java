package dev.taskcache.examples;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;

/** The {@code taskcache} command. */
public final class Main {
  private Main() {}

  /**
   * Runs the command, and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    Terminal terminal = Terminal.system();
    int code = execute(terminal, Environment.system(), args);
    terminal.flush();
    System.exit(code);
  }

  static int execute(Terminal terminal, Environment environment, String... args) {
    CommandLine command = new CommandLine(new TaskcacheCommand());
    List.of(
            new RunCommand(terminal, environment),
            new PlanCommand(terminal, environment),
            new ExplainCommand(terminal, environment),
            new CompileCommand(terminal),
            new KeyCommand(terminal),
            new LintCommand(terminal),
            new DoctorCommand(terminal, environment),
            new MigrateCommand(terminal, environment),
            new InvalidateCommand(terminal, environment),
            new PurgeCommand(terminal, environment),
            new StatsCommand(terminal, environment),
            new StopsCommand(terminal, environment),
            new ScheduleCommand(terminal, environment),
            new DemoCommand(terminal))
        .forEach(command::addSubcommand);
    command.addSubcommand(
        new CommandLine(new SchemaCommand())
            .addSubcommand(new DdlCommand(terminal))
            .addSubcommand(new RolesCommand(terminal)));
    command.addSubcommand(fingerprint(terminal));
    command.addSubcommand(versions(terminal, environment));
    command.addSubcommand(
        new CommandLine(new ImportCommand())
            .addSubcommand(new ImportKfpCommand(terminal, environment)));
    command
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, arguments) -> misused(terminal, e))
        .setExecutionExceptionHandler((e, failed, result) -> refused(terminal, e));
    return command.execute(args);
  }

  private static CommandLine fingerprint(Terminal terminal) {
    CommandLine fingerprint = new CommandLine(new FingerprintCommand());
    List.of(new FingerprintKfpCommand(terminal), new FingerprintFlyteCommand(terminal))
        .forEach(fingerprint::addSubcommand);
    return fingerprint;
  }

  private static CommandLine versions(Terminal terminal, Environment environment) {
    CommandLine versions = new CommandLine(new VersionsCommand());
    List.of(
            new VersionsListCommand(terminal, environment),
            new VersionsResolveCommand(terminal, environment),
            new VersionsExplainCommand(terminal, environment),
            new VersionsLogCommand(terminal, environment))
        .forEach(versions::addSubcommand);
    return versions;
  }

  private static int misused(Terminal terminal, ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.complain(name + ": " + e.getMessage() + "; see " + name + " --help");
    return ExitCodes.BAD_INPUT;
  }

  /** Bad input is one line; anything else is a defect of this program, and shows where. */
  private static int refused(Terminal terminal, Exception e) throws Exception {
    if (e instanceof BadInputException) {
      terminal.complain("taskcache: " + e.getMessage());
      return ExitCodes.BAD_INPUT;
    } else if (e instanceof InterruptedException) {
      return ExitCodes.STOPPED;
    }
    throw e;
  }
}

package dev.taskcache.examples;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code taskcache} by itself: its subcommands do the work. */
@Command(
    name = "taskcache",
    description = "Runs compiled Kubeflow pipelines on this machine, each task at most once.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = TaskcacheCommand.Version.class,
    exitCodeOnExecutionException = ExitCodes.DEFECT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything went well",
      "1:a task failed, `doctor` found a problem, `lint` has a warning, or there is no version",
      "2:wrong usage or bad input; one line on stderr says what and where",
      "3:the request of `key` may not be cached"
    })
final class TaskcacheCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCodes.BAD_INPUT;
  }

  /** The version, from the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"taskcache " + (version == null ? "(not from its jar)" : version)};
    }
  }
}

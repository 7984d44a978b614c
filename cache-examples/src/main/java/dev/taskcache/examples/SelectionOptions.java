package dev.taskcache.examples;

import dev.taskcache.version.VersionSelection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which of a pipeline's versions. */
final class SelectionOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--pin",
      paramLabel = "ID",
      description = "This version; default: the newest one that is ready.")
  private @Nullable String pin;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description = {
        "The highest number of a range, for instance ^1.4, ~1.4.2, '>=2 <3' or 1.x.",
        "A version is passed over if its number promises compatibility that it does not keep."
      })
  private @Nullable String range;

  @Option(names = "--even-incompatible", description = "With --range: pass over none for that.")
  private boolean evenIncompatible;

  /** What they say. */
  VersionSelection selection() {
    if (pin != null && range != null) {
      throw wrong("--pin and --range contradict each other; leave one of both out");
    } else if (evenIncompatible && range == null) {
      throw wrong("--even-incompatible needs --range RANGE");
    }
    try {
      if (pin != null) {
        return VersionSelection.pinned(pin);
      } else if (range != null) {
        return new VersionSelection.Range(range, evenIncompatible);
      }
      return VersionSelection.latest();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(@Nullable String problem) {
    return new ParameterException(spec.commandLine(), String.valueOf(problem));
  }
}

package dev.taskcache.examples;

import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.FileArtifacts;
import dev.taskcache.policy.Verification;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the artifacts of a recorded result are looked at before it is used. */
final class ArtifactOptions {
  @Option(
      names = "--verify",
      paramLabel = "HOW",
      description = {
        "How to check that the artifacts of a recorded result are still there: exists looks for"
            + " them, size also compares the sizes that their metadata says, digest reads them,"
            + " none believes it.",
        "Default: exists."
      })
  private @Nullable Verification how;

  /** What a run says of its tasks, with this. */
  RunOverrides in(RunOverrides others) {
    if (how == null) {
      return others;
    }
    String text = "--verify " + how.name().toLowerCase(Locale.ROOT);
    return others.and(
        new RunOverrides.Switch(text, CachingOptions.builder().verification(how).build()));
  }

  /** A verifier for one session: it reads a file once, however many tasks are served with it. */
  ArtifactVerifier verifier() {
    return new FileArtifacts(new ArtifactDigester());
  }
}

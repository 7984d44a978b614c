package dev.taskcache.examples;

import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.FileArtifacts;
import picocli.CommandLine.Option;

/** How the artifacts of a recorded result are looked at before it is used. */
final class ArtifactOptions {
  @Option(
      names = "--verify",
      paramLabel = "HOW",
      description = {
        "How to check that the artifacts of a recorded result are still there: exists looks for"
            + " them, digest reads them, none believes it.",
        "Default: exists."
      })
  private How how = How.EXISTS;

  /** What {@code --verify} can be. */
  private enum How {
    NONE,
    EXISTS,
    DIGEST
  }

  /** A verifier for one session: it reads a file once, however many tasks are served with it. */
  ArtifactVerifier verifier() {
    return switch (how) {
      case NONE -> ArtifactVerifier.NONE;
      case EXISTS -> FileArtifacts.of(FileArtifacts.Level.EXISTS);
      case DIGEST -> FileArtifacts.digesting(new ArtifactDigester());
    };
  }
}

package dev.taskcache.examples;

import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.FileArtifacts;
import dev.taskcache.policy.Verification;
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
  private Verification how = Verification.EXISTS;

  /** A verifier for one session: it reads a file once, however many tasks are served with it. */
  ArtifactVerifier verifier() {
    FileArtifacts files = new FileArtifacts(new ArtifactDigester());
    return how == Verification.NONE
        ? ArtifactVerifier.NONE
        : (artifacts, level) -> files.verify(artifacts, how);
  }
}

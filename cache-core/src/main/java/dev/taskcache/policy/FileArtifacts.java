package dev.taskcache.policy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.key.InputValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at artifacts that are files or folders of this machine: those with a {@code file:} URI (RFC
 * 8089) without a host. All others are believed, also those of other machines.
 *
 * <p>A file that is not there is {@link Reason#OUTPUT_MISSING}, as is one that cannot be read or
 * whose URI is none; other bytes than the artifact's digest says are {@link Reason#OUTPUT_CHANGED}.
 * Of the artifacts of one entry each file is looked at once, in their order, up to the first fault.
 * Thread-safe.
 */
public final class FileArtifacts implements ArtifactVerifier {
  private static final String SHA256 = "sha256:";

  private final @Nullable Supplier<ArtifactDigester> digesters;

  /** How closely an artifact is looked at. */
  public enum Level {
    /** Whether there is something at its place: one look at the file system for each. */
    EXISTS,
    /** Whether what is there has its digest: reads all of it, each time. */
    DIGEST
  }

  private FileArtifacts(@Nullable Supplier<ArtifactDigester> digesters) {
    this.digesters = digesters;
  }

  /**
   * A verifier.
   *
   * @param level how closely it looks
   * @return the verifier; it remembers nothing
   */
  public static FileArtifacts of(Level level) {
    return new FileArtifacts(level == Level.EXISTS ? null : ArtifactDigester::new);
  }

  /**
   * A verifier of level {@link Level#DIGEST} that reads a file again only where the digester does.
   *
   * @param digester what reads the files, and remembers them; one for each run, as it says
   * @return the verifier
   */
  public static FileArtifacts digesting(ArtifactDigester digester) {
    return new FileArtifacts(() -> digester);
  }

  @Override
  public ArtifactVerifier at(Verification level) {
    return level == Verification.DIGEST && digesters == null ? of(Level.DIGEST) : this;
  }

  /** What is looked at, and what it is to be; a digest of null, or of another kind, is not read. */
  private record Look(String uri, @Nullable String digest) {}

  @Override
  public Optional<Fault> verify(List<InputValue.Artifact> artifacts) {
    Set<Look> looks = new LinkedHashSet<>();
    for (InputValue.Artifact artifact : artifacts) {
      String uri = artifact.uri();
      if (uri != null && uri.regionMatches(true, 0, "file:", 0, "file:".length())) {
        looks.add(new Look(uri, artifact.digest()));
      }
    }
    ArtifactDigester digester = digesters == null ? null : digesters.get();
    return looks.stream().flatMap(look -> fault(look, digester).stream()).findFirst();
  }

  private static Optional<Fault> fault(Look look, @Nullable ArtifactDigester digester) {
    Path path;
    try {
      URI uri = URI.create(look.uri());
      if (uri.getAuthority() != null) {
        return Optional.empty(); // Another machine's.
      }
      path = Path.of(uri);
    } catch (IllegalArgumentException e) {
      return missing(
          look, "is no URI of a file (" + e.getMessage() + "); write file:// and an absolute path");
    }
    String wanted = look.digest();
    if (digester == null || wanted == null || !wanted.startsWith(SHA256)) {
      return Files.exists(path) ? Optional.empty() : missing(look, "is not there");
    }
    try {
      String found = digester.digest(path);
      return found.equals(wanted)
          ? Optional.empty()
          : Optional.of(
              new Fault(
                  Reason.OUTPUT_CHANGED,
                  look.uri() + " has the digest " + found + " instead of " + wanted));
    } catch (IOException e) {
      return missing(look, Files.exists(path) ? "cannot be read: " + e : "is not there");
    }
  }

  private static Optional<Fault> missing(Look look, String problem) {
    return Optional.of(new Fault(Reason.OUTPUT_MISSING, look.uri() + " " + problem));
  }
}

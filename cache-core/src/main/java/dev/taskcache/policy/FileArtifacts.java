package dev.taskcache.policy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.key.InputValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at artifacts that are files or folders of this machine: those with a {@code file:} URI (RFC
 * 8089) without a host. All others are believed, also those of other machines.
 *
 * <p>A file that is not there is {@link Reason#OUTPUT_MISSING}, as is one whose URI is none; one
 * that is there and cannot be read {@link Reason#VERIFICATION_FAILED}; another size or other bytes
 * than the artifact says are {@link Reason#OUTPUT_CHANGED}. At {@link Verification#EXISTS} and
 * {@link Verification#SIZE} each artifact costs one look at the file system, at {@link
 * Verification#DIGEST} all of it is read, unless its size is another one already. Digests other
 * than SHA-256 are not compared, nor are sizes of folders. Thread-safe.
 */
public final class FileArtifacts implements ArtifactVerifier {
  private static final String SCHEME = "file:";
  private static final String SHA256 = "sha256:";

  private final Supplier<ArtifactDigester> digesters;

  /** A verifier that remembers nothing: what it has to read it reads again for each decision. */
  public FileArtifacts() {
    this.digesters = ArtifactDigester::new;
  }

  /**
   * A verifier that reads a file again only where the digester does.
   *
   * @param digester what reads the files, and remembers them; one for each run, as it says
   */
  public FileArtifacts(ArtifactDigester digester) {
    this.digesters = () -> digester;
  }

  @Override
  public Optional<Fault> verify(List<InputValue.Artifact> artifacts, Verification level) {
    ArtifactDigester digester = level == Verification.DIGEST ? digesters.get() : null;
    Set<InputValue.Artifact> looked = new HashSet<>();
    for (InputValue.Artifact artifact : artifacts) {
      // A file is read once for each decision, but a second look at the file system costs less
      // than to remember the first.
      if (digester == null || looked.add(artifact)) {
        Fault fault = fault(artifact, level, digester);
        if (fault != null) {
          return Optional.of(fault);
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Fault fault(
      InputValue.Artifact artifact, Verification level, @Nullable ArtifactDigester digester) {
    String uri = artifact.uri();
    if (uri == null || !uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    Path path;
    try {
      URI parsed = URI.create(uri);
      if (parsed.getAuthority() != null) {
        return null; // Another machine's.
      }
      path = Path.of(parsed);
    } catch (IllegalArgumentException e) {
      return Fault.missing(
          uri
              + " is no URI of a file ("
              + e.getMessage()
              + "); write file:// and an absolute path");
    }
    if (level == Verification.EXISTS && Files.exists(path)) {
      return null;
    }
    try {
      Fault size = size(artifact, path);
      return size != null || digester == null ? size : content(artifact, path, digester);
    } catch (IOException e) {
      return e instanceof NoSuchFileException && !Files.exists(path)
          ? Fault.missing(uri + " is not there")
          : Fault.unknown(uri + " cannot be read: " + e);
    }
  }

  private static @Nullable Fault size(InputValue.Artifact artifact, Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    OptionalLong size = ArtifactVerifier.sizeOf(artifact);
    return size.isEmpty() || !attributes.isRegularFile() || size.getAsLong() == attributes.size()
        ? null
        : Fault.changed(
            artifact.uri() + " has " + attributes.size() + " bytes instead of " + size.getAsLong());
  }

  private static @Nullable Fault content(
      InputValue.Artifact artifact, Path path, ArtifactDigester digester) throws IOException {
    String wanted = artifact.digest();
    if (wanted == null || !wanted.startsWith(SHA256)) {
      return null;
    }
    String found = digester.digest(path);
    return found.equals(wanted)
        ? null
        : Fault.changed(artifact.uri() + " has the digest " + found + " instead of " + wanted);
  }
}

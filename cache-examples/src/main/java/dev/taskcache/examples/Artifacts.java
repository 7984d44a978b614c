package dev.taskcache.examples;

import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The artifacts of a session, each once: files and folders that are called by the digest of their
 * content and that nobody writes to again. Thread-safe.
 */
final class Artifacts {
  private static final String ALGORITHM = "sha256:";

  private final Path folder;
  private final ArtifactDigester digester = new ArtifactDigester();

  Artifacts(Path folder) {
    this.folder = folder.resolve("sha256");
  }

  /**
   * Takes a file or folder that a task wrote; it is no longer where it was.
   *
   * @return the artifact, known by its content
   */
  Artifact take(String type, Path written, InputValue.MapValue metadata) throws IOException {
    Path content = withoutLinks(written);
    String digest = digester.digest(content);
    Files.createDirectories(folder);
    Path kept = folder.resolve(digest.substring(ALGORITHM.length()));
    synchronized (this) {
      if (Files.exists(kept)) {
        ScratchFolder.delete(content);
      } else {
        protect(content);
        Files.move(content, kept);
      }
    }
    return new Artifact(type, digest, kept.toUri().toString(), metadata);
  }

  /** The local file or folder that a URI means, if it means one. */
  static Optional<Path> localPath(String uri) {
    if (!uri.startsWith("file:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(URI.create(uri)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same content in files of its own: what a link points to may change or go away. */
  private static Path withoutLinks(Path written) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(written)) {
      all = walk.toList();
    }
    if (all.stream().noneMatch(Files::isSymbolicLink)) {
      return written;
    }
    Path copy = written.resolveSibling(written.getFileName() + ".copy");
    try (Stream<Path> walk = Files.walk(written, FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : walk.toList()) {
        Files.copy(each, copy.resolve(written.relativize(each).toString()));
      }
    }
    ScratchFolder.delete(written);
    return copy;
  }

  private static void protect(Path content) throws IOException {
    try (Stream<Path> walk = Files.walk(content)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!file.toFile().setReadOnly()) {
          throw new IOException(file + " cannot be made read-only");
        }
      }
    }
  }
}

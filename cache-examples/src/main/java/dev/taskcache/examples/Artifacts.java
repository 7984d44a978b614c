package dev.taskcache.examples;

import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The artifacts beside a store, each once: files and folders that are called by the digest of their
 * content and that nobody writes to again. Any number of processes may share the folder: each
 * artifact appears in it whole, by a rename. Thread-safe.
 */
final class Artifacts {
  private static final String ALGORITHM = "sha256:";
  private static final int FOLDER_DIGITS = 2;

  private final Path folder;
  private final Path incoming;
  private final ArtifactDigester digester = new ArtifactDigester();

  Artifacts(Path folder) {
    this.folder = folder.resolve("sha256");
    this.incoming = folder.resolve("incoming");
  }

  /**
   * Takes a file or folder that a task wrote; it is no longer where it was.
   *
   * @return the artifact, known by its content
   */
  Artifact take(String type, Path written, InputValue.MapValue metadata) throws IOException {
    Path content = withoutLinks(written);
    String digest = digester.digest(content);
    String name = digest.substring(ALGORITHM.length());
    Path kept = folder.resolve(name.substring(0, FOLDER_DIGITS)).resolve(name);
    if (has(kept, digest)) {
      ScratchFolder.delete(content);
    } else {
      protect(content);
      Files.createDirectories(kept.getParent());
      publish(content, kept, digest);
    }
    return new Artifact(type, digest, kept.toUri().toString(), metadata);
  }

  /** What was changed since is no longer there under its name, and is replaced. */
  private boolean has(Path kept, String digest) {
    try {
      return Files.exists(kept) && digester.digest(kept).equals(digest);
    } catch (IOException e) {
      return false;
    }
  }

  private void publish(Path content, Path kept, String digest) throws IOException {
    Path ready = content;
    try {
      Files.move(ready, kept, StandardCopyOption.ATOMIC_MOVE);
      return;
    } catch (AtomicMoveNotSupportedException e) {
      // The task wrote on another file system: the bytes come over first, the name then.
      ready = spare();
      copy(content, ready);
      ScratchFolder.delete(content);
    } catch (FileSystemException e) {
      if (!Files.exists(kept)) {
        throw e;
      }
    }
    replace(ready, kept, digest);
  }

  /** Only files take the place of others at once, so what is damaged gets out of the way first. */
  private void replace(Path ready, Path kept, String digest) throws IOException {
    if (has(kept, digest)) {
      ScratchFolder.delete(ready);
      return;
    }
    if (Files.exists(kept)) {
      Path damaged = spare();
      Files.move(kept, damaged, StandardCopyOption.ATOMIC_MOVE);
      ScratchFolder.delete(damaged);
    }
    Files.move(ready, kept, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path spare() throws IOException {
    return Files.createDirectories(incoming).resolve(UUID.randomUUID().toString());
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
    copy(written, copy);
    ScratchFolder.delete(written);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : walk.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
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

package dev.taskcache.version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pipelines in a directory, {@code <directory>/<pipeline>/<version>.yaml}. Who publishes writes a
 * version under another name on the same file system, such as {@code .1.4.2.tmp}, and renames it.
 *
 * <p>A version's id is its file's name without {@code .yaml}; it was created when the file was last
 * modified, and is {@link VersionState#READY}; its number is its id, without a leading {@code v},
 * if that is one after semver.org. Files with other endings, hidden ones (a dot first) and what is
 * no file are no versions. A name that cannot be one of a file in its folder, such as {@code
 * ../other} or {@code .hidden}, is one that nothing was published under. Links are followed, as far
 * as they stay in the directory; one that leads out or nowhere is an error, as is a file that
 * cannot be read: the list would only look complete.
 *
 * <p>A directory that is missing is an {@link IOException}, a pipeline's folder that is missing is
 * a pipeline without versions. Where the directory is mounted, name a folder in what is mounted,
 * not the mount point, which is there and empty when nothing is.
 *
 * <p>The digest of a file is remembered as long as its size, modification time and file key stay as
 * they are: a list costs a look at each file, and reads the new ones. Thread-safe.
 */
public final class DirectorySource implements PipelineSource {
  private static final String ENDING = ".yaml";
  private static final int MOST_BYTES = 64 << 20;

  private final Path directory;
  private final String name;
  private final SeenVersions seen = new SeenVersions();

  private DirectorySource(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /**
   * Pipelines in a directory, called by its {@code file:} URI. Processes that share a store share
   * answers by that name: where one path is not one directory for all of them, name it ({@link
   * #named}).
   *
   * @param directory has a folder for each pipeline; need not be there yet
   * @return a source
   */
  public static DirectorySource of(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    return new DirectorySource(absolute, absolute.toUri().toString().replaceFirst("/+$", ""));
  }

  /**
   * The same directory under a name that all machines have for it, wherever each has mounted it.
   *
   * @param shared for instance {@code pipelines-of-team-a}; not empty
   * @return a source that remembers nothing yet
   * @throws IllegalArgumentException if it is empty
   */
  public DirectorySource named(String shared) {
    if (shared.isBlank()) {
      throw new IllegalArgumentException("a source's name may not be empty; give one, or none");
    }
    return new DirectorySource(directory, shared);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<PipelineVersion> versions(String pipeline) throws IOException {
    try {
      return list(pipeline);
    } catch (IOException e) {
      throw failure(pipeline, e);
    }
  }

  @Override
  public Optional<PipelineVersion> version(String pipeline, String id) throws IOException {
    try {
      Path root = root();
      Path folder = folder(pipeline, root);
      Path file = folder == null ? null : FileNaming.child(folder, id + ENDING);
      return Optional.ofNullable(file == null ? null : seen.look(pipeline, id, file, root));
    } catch (IOException e) {
      throw failure(pipeline, e);
    }
  }

  /**
   * The bytes of a version's file.
   *
   * @param version from this source
   * @return a new array
   * @throws IOException if the file is gone, has another digest by now, has more than 64 MiB, or
   *     cannot be read
   */
  @Override
  public byte[] load(PipelineVersion version) throws IOException {
    try {
      Path root = root();
      Path folder = folder(version.pipeline(), root);
      Path named = folder == null ? null : FileNaming.child(folder, version.id() + ENDING);
      PublishedFile file = named == null ? null : PublishedFile.at(named, root);
      if (file == null || !file.regular()) {
        throw new NoSuchFileException(
            String.valueOf(named), null, "is not there any more; list the versions again");
      }
      return read(file, version);
    } catch (IOException e) {
      throw failure(version.pipeline(), e);
    }
  }

  private static byte[] read(PublishedFile file, PipelineVersion version) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file.real())) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    String digest = PipelineVersion.digestOf(bytes);
    if (bytes.length > MOST_BYTES) {
      throw new FileSystemException(
          file.real().toString(), null, "has more than " + MOST_BYTES + " bytes; split it");
    } else if (!digest.equals(version.digest())) {
      throw new FileSystemException(
          file.real().toString(),
          null,
          "has the digest "
              + digest
              + " instead of "
              + version.digest()
              + ": somebody published another version under its name; list them again");
    }
    return bytes;
  }

  private List<PipelineVersion> list(String pipeline) throws IOException {
    Path root = root();
    Path folder = folder(pipeline, root);
    List<PipelineVersion> versions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    if (folder != null) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          String id = idOf(folder, file);
          PipelineVersion found = id == null ? null : seen.look(pipeline, id, file, root);
          if (found != null) {
            ids.add(found.id());
            versions.add(found);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      } catch (NoSuchFileException e) {
        if (folder(pipeline, root()) != null) { // Else it was removed meanwhile.
          throw e;
        }
        return List.of();
      }
    }
    seen.keep(pipeline, ids);
    return versions;
  }

  private static @Nullable String idOf(Path folder, Path file) throws FileSystemException {
    String name = FileNaming.of(folder, file);
    return name.startsWith(".") || !name.endsWith(ENDING)
        ? null
        : name.substring(0, name.length() - ENDING.length());
  }

  private Path root() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(
          directory.toString(), null, "is no directory; mount it, or correct the path");
    }
    return directory.toRealPath();
  }

  /** A pipeline's folder, by its real path; null if it has none. */
  private static @Nullable Path folder(String pipeline, Path root) throws IOException {
    Path named = FileNaming.child(root, pipeline);
    PublishedFile found = named == null ? null : PublishedFile.at(named, root);
    return found == null || !found.folder() ? null : found.real();
  }

  private IOException failure(String pipeline, IOException e) {
    boolean unsaid = e instanceof FileSystemException file && file.getReason() == null;
    return new IOException(
        "pipeline \""
            + pipeline
            + "\" in "
            + directory
            + ": "
            + (unsaid ? e + "; see whether this process may read it" : e.getMessage()),
        e);
  }
}

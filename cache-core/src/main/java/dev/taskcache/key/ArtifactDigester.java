package dev.taskcache.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The content digests of files and directories on this machine, as artifacts have them ({@code
 * docs/key-format.md}, section 9).
 *
 * <p>Make one for each run: it remembers the digest of each file by path, size, modification time
 * and file key, and reads a file again only if one of these has changed. A file that is written
 * without changing any of them, which takes a clock as coarse as the file system's, is not noticed.
 * Thread-safe; several threads that ask for one file read it once.
 */
public final class ArtifactDigester {
  private final @Nullable Executor executor;
  private final FileDigests files;

  /** A digester that reads one file after the other, on the thread that asks. */
  public ArtifactDigester() {
    this(null, Files::newInputStream);
  }

  /**
   * A digester that reads the files of a directory several at once.
   *
   * @param executor runs as many tasks as there are processors, besides the thread that asks, which
   *     never waits for one to begin; not closed; not null
   */
  public ArtifactDigester(Executor executor) {
    this(executor, Files::newInputStream);
  }

  ArtifactDigester(@Nullable Executor executor, FileDigests.Opener opener) {
    this.executor = executor;
    this.files = new FileDigests(opener);
  }

  /**
   * Digests a file by its bytes, or a directory by the paths, bytes and executable bits of the
   * files in it, and its empty directories. The path's own name, and times and owners, do not
   * count.
   *
   * @param path the file or directory, or a link to one, not null
   * @return {@code sha256:} and 64 hexadecimal digits
   * @throws IOException if something cannot be read, changes while it is read, is neither a file
   *     nor a directory, or has a name that is not Unicode; or if a link in a directory leads
   *     nowhere, out of it, or to a directory around the link; with its path and what to do instead
   */
  public String digest(Path path) throws IOException {
    Path real = path.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    byte[] digest;
    if (attributes.isRegularFile()) {
      digest = files.of(FileState.of(real, attributes));
    } else if (attributes.isDirectory()) {
      digest = ofDirectory(real);
    } else {
      throw FileTree.refuseSpecial(path);
    }
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  private byte[] ofDirectory(Path directory) throws IOException {
    return Sha256.of(document(directory));
  }

  /** The encoding of what is in a directory. */
  byte[] document(Path directory) throws IOException {
    FileTree tree = FileTree.of(directory);
    List<FileTree.Entry> entries = tree.files();
    byte[][] digests = new byte[entries.size()][];
    FileBatch.run(
        digests.length, executor, index -> digests[index] = files.of(entries.get(index).file()));
    tree.check();

    Map<String, InputValue> content = new HashMap<>();
    for (int i = 0; i < digests.length; i++) {
      content.put(
          entries.get(i).path(),
          new InputValue.ListValue(
              List.of(
                  new InputValue.Bool(entries.get(i).executable()),
                  new InputValue.Bytes(digests[i]))));
    }
    for (String empty : tree.emptyDirectories()) {
      content.put(empty, new InputValue.ListValue(List.of()));
    }
    return CanonicalWriter.encode(new InputValue.MapValue(content));
  }
}

package dev.taskcache.version;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder inside a directory, and by what it is taken for unchanged.
 *
 * @param real its path without links
 * @param regular whether it is a file that has content
 * @param folder whether it is a folder
 * @param size in bytes
 * @param modified when it was last modified
 * @param key what the file system knows it by; null if it does not say
 */
record PublishedFile(
    Path real,
    boolean regular,
    boolean folder,
    long size,
    FileTime modified,
    @Nullable Object key) {

  /**
   * What is at a path now, links followed.
   *
   * @param root the real path of the directory that nothing leads out of
   * @return null if nothing is there
   */
  static @Nullable PublishedFile at(Path path, Path root) throws IOException {
    BasicFileAttributes is = attributes(path, LinkOption.NOFOLLOW_LINKS);
    Path real = path;
    if (is != null && is.isSymbolicLink()) {
      real = follow(path);
      if (!real.startsWith(root)) {
        throw new FileSystemException(
            path.toString(),
            null,
            "a link that leads out of " + root + ", to " + real + "; put a copy in its place");
      }
      is = attributes(real);
    }
    return is == null
        ? null
        : new PublishedFile(
            real,
            is.isRegularFile(),
            is.isDirectory(),
            is.size(),
            is.lastModifiedTime(),
            is.fileKey());
  }

  private static @Nullable BasicFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Path follow(Path link) throws IOException {
    try {
      return link.toRealPath();
    } catch (IOException e) {
      FileSystemException refused =
          new FileSystemException(
              link.toString(),
              null,
              "a link that leads nowhere; remove it, or put back what it led to");
      refused.initCause(e);
      throw refused;
    }
  }
}

package dev.taskcache.key;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what a file is taken for unchanged.
 *
 * @param path its real path
 * @param size in bytes
 * @param modified when it was last modified
 * @param key what the file system knows it by; null if it does not say
 */
record FileState(Path path, long size, FileTime modified, @Nullable Object key) {

  static FileState of(Path path, BasicFileAttributes attributes) {
    return new FileState(
        path, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  /** Refuses a file or directory that is no longer as it was. */
  void check() throws IOException {
    if (!equals(of(path, Files.readAttributes(path, BasicFileAttributes.class)))) {
      throw changed();
    }
  }

  FileSystemException changed() {
    return new FileSystemException(
        path.toString(),
        null,
        "it changed while it was digested; digest it when nobody writes to it any more");
  }
}

package dev.taskcache.key;

import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** The names of files as texts, whatever the locale of this JVM. */
final class FileNames {
  private FileNames() {}

  /** A path's last name; refuses one that is not Unicode. */
  static String of(Path path) throws FileSystemException {
    String name = path.getFileName().toString();
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    try {
      boolean bytes =
          path.getFileSystem() == FileSystems.getDefault()
              && path.getFileSystem().getSeparator().equals("/");
      return Utf8.check(bytes ? fromBytes(path) : name, Place.root());
    } catch (CharacterCodingException | InvalidRequestException e) {
      FileSystemException refused =
          new FileSystemException(
              path.toString(), null, "its name is not Unicode (UTF-8); rename it");
      refused.initCause(e);
      throw refused;
    }
  }

  /** Where names are bytes, their texts depend on the locale, but their URIs do not. */
  private static String fromBytes(Path path) throws CharacterCodingException {
    String uri = path.toUri().getRawPath();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    return Percents.decode(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end));
  }
}

package dev.taskcache.version;

import com.google.common.net.UrlEscapers;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Names of pipelines and versions as names of files, whatever the locale of this JVM. */
final class FileNaming {
  private FileNaming() {}

  /**
   * What a folder would have under a name.
   *
   * @return a path directly in it; null if no file can have that name there, or it begins with a
   *     dot: {@code ..} leads out, and the rest is hidden
   */
  static @Nullable Path child(Path folder, String name) {
    if (name.isEmpty() || name.startsWith(".") || name.contains("/")) {
      return null;
    }
    try {
      Path child = isPlain(name) || !isDefault(folder) ? folder.resolve(name) : coded(folder, name);
      return folder.equals(child.getParent()) ? child : null;
    } catch (IllegalArgumentException e) { // InvalidPathException among them.
      return null;
    }
  }

  /** The name of a file in a folder; refuses one that is not Unicode. */
  static String of(Path folder, Path file) throws FileSystemException {
    String name = file.getFileName().toString();
    if (isPlain(name) || !isDefault(file)) {
      return name;
    }
    // Where names are bytes, their texts depend on the locale, but their URIs do not.
    String path = file.toUri().getPath();
    String text = path.substring(path.lastIndexOf('/', path.length() - 2) + 1).replace("/", "");
    if (!file.getFileName().equals(coded(folder, text).getFileName())) {
      throw new FileSystemException(
          file.toString(), null, "its name is not Unicode (UTF-8); rename it");
    }
    return text;
  }

  private static Path coded(Path folder, String name) {
    String parent = folder.toUri().toString().replaceFirst("/*$", "/");
    return Path.of(URI.create(parent + UrlEscapers.urlPathSegmentEscaper().escape(name)));
  }

  private static boolean isDefault(Path path) {
    return path.getFileSystem() == FileSystems.getDefault();
  }

  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> c < 0x80);
  }
}

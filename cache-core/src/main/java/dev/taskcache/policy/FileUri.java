package dev.taskcache.policy;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** URIs of files (RFC 8089). */
final class FileUri {
  private static final String SCHEME = "file:";
  private static final String LOCAL = "file:///";

  private FileUri() {}

  static boolean isOne(String uri) {
    return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /**
   * The file's path; null if it is on another machine. Throws {@link IllegalArgumentException} if
   * the URI is none of a file.
   */
  static @Nullable Path path(String uri) {
    if (isPlain(uri)) {
      return Path.of(uri.substring(LOCAL.length() - 1));
    }
    URI parsed = URI.create(uri);
    return parsed.getAuthority() == null ? Path.of(parsed) : null;
  }

  /** Whether the text after {@code file://} is the path itself: a URI costs more than a look. */
  private static boolean isPlain(String uri) {
    if (File.separatorChar != '/' || !uri.startsWith(LOCAL)) {
      return false;
    }
    for (int i = LOCAL.length(); i < uri.length(); i++) {
      char c = uri.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '/'
              || c == '.'
              || c == '-'
              || c == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}

package dev.taskcache.examples;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which store.
 *
 * @param url its JDBC URL, which may have a password in it
 * @param file the file that it is; null if it is on a server
 */
record StoreAddress(String url, @Nullable Path file) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String EXAMPLES =
      "write a file's path, or jdbc:postgresql://HOST/DATABASE?user=NAME&password=...";

  /** Two letters at least: one is a drive of Windows. */
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final Pattern USER_INFO = Pattern.compile("//[^/?@]*@");
  private static final Pattern PASSWORD = Pattern.compile("(?i)(\\w*password=)[^&\\s]*");

  /**
   * Reads what {@code --store} gives: a JDBC URL of PostgreSQL or SQLite, or the path of a file.
   *
   * @throws BadInputException if it is neither, with what to write instead
   */
  static StoreAddress parse(String text) {
    if (text.startsWith(POSTGRESQL)) {
      if (USER_INFO.matcher(text).find()) {
        throw refused(text, "has a user before its host; " + EXAMPLES);
      }
      return new StoreAddress(text, null);
    } else if (text.startsWith(SQLITE)) {
      String name = text.substring(SQLITE.length());
      return new StoreAddress(text, file(text, name.replaceFirst("^file:", "")));
    } else if (text.startsWith("jdbc:")) {
      throw refused(text, "is a database that cannot hold a store; " + EXAMPLES);
    } else if (URL.matcher(text).matches()) {
      throw refused(text, "is no JDBC URL; " + EXAMPLES);
    } else if (text.indexOf('?') >= 0) {
      throw refused(text, "has a question mark, which JDBC gives a meaning; take another name");
    }
    Path file = file(text, text);
    return new StoreAddress(SQLITE + file, file);
  }

  private static Path file(String text, String given) {
    String name = given.replaceFirst("\\?.*", "");
    if (name.isBlank() || name.startsWith(":") || given.contains("mode=memory")) {
      throw refused(text, "is no file, so no other process would see it; " + EXAMPLES);
    }
    try {
      Path file = Path.of(name).toAbsolutePath().normalize();
      if (Files.isDirectory(file)) {
        throw refused(text, "is a folder; give a file in it");
      }
      return file;
    } catch (InvalidPathException e) {
      throw refused(text, "is no path: " + e.getReason());
    }
  }

  private static BadInputException refused(String text, String problem) {
    return BadInputException.ofStore(withoutPassword(text), problem);
  }

  /** A URL, or what somebody says of one, without the passwords that may be in it. */
  static String withoutPassword(String text) {
    return PASSWORD.matcher(USER_INFO.matcher(text).replaceAll("//***@")).replaceAll("$1***");
  }

  /** Where the artifacts of its results are unless another folder is given. */
  Path artifacts(Environment environment) {
    Path folder = file == null ? environment.cacheFolder() : file.resolveSibling("artifacts");
    return file == null ? folder.resolve("artifacts") : folder;
  }

  /** The store as people may see it: without its password. */
  @Override
  public String toString() {
    return file == null ? withoutPassword(url) : file.toString();
  }
}

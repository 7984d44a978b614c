package dev.taskcache.examples;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command takes from its surroundings where its options say nothing.
 *
 * @param variables the environment variables
 * @param os the operating system, as Java calls it
 * @param home the user's folder
 */
record Environment(Map<String, String> variables, String os, Path home) {
  static final String STORE = "TASKCACHE_STORE";

  static Environment system() {
    return new Environment(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  /** The store of commands that name none: the variable's, or a file in the cache folder. */
  String store() {
    String named = variable(STORE);
    return named == null ? cacheFolder().resolve("taskcache.db").toString() : named;
  }

  /** Where this system's users keep what can be made again; it need not exist. */
  Path cacheFolder() {
    String system = os.toLowerCase(Locale.ROOT);
    Path all;
    if (system.startsWith("windows")) {
      all = absolute("LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
    } else if (system.startsWith("mac")) {
      all = home.resolve("Library").resolve("Caches");
    } else {
      all = absolute("XDG_CACHE_HOME", home.resolve(".cache"));
    }
    return all.resolve("taskcache");
  }

  /** The XDG specification says to ignore a relative path. */
  private Path absolute(String name, Path otherwise) {
    String folder = variable(name);
    return folder == null || !Path.of(folder).isAbsolute() ? otherwise : Path.of(folder);
  }

  /** A variable's value; null if it is not set, or blank. */
  @Nullable String variable(String name) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}

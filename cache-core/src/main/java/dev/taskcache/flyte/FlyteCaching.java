package dev.taskcache.flyte;

import java.util.List;

/**
 * What a Flyte task says about its caching, node overrides applied. Immutable.
 *
 * @param enabled {@code discoverable}: whether Flyte looks for an earlier result at all
 * @param version {@code discovery_version}, as written; empty if there is none, which Flyte refuses
 *     where caching is enabled
 * @param serialize {@code cache_serializable}: whether a second run waits for the one that is
 *     running, or runs, too
 * @param ignoredInputs {@code cache_ignore_input_vars}: names of inputs whose values do not count
 */
public record FlyteCaching(
    boolean enabled, String version, boolean serialize, List<String> ignoredInputs) {
  /** Copies the list. */
  public FlyteCaching {
    ignoredInputs = List.copyOf(ignoredInputs);
  }

  static FlyteCaching of(Message metadata) {
    return new FlyteCaching(
        metadata.flag("discoverable"),
        metadata.text("discovery_version"),
        metadata.flag("cache_serializable"),
        metadata.list("cache_ignore_input_vars"));
  }

  FlyteCaching overriddenBy(Message node) {
    return new FlyteCaching(
        node.has("cacheable") ? node.flag("cacheable") : enabled,
        node.has("cache_version") ? node.text("cache_version") : version,
        node.has("cache_serializable") ? node.flag("cache_serializable") : serialize,
        ignoredInputs);
  }

  /** The version as Flyte's server uses it: without spaces, and no other white space, around it. */
  String trimmedVersion() {
    return trimmed(version);
  }

  static String trimmed(String version) {
    int start = 0;
    int end = version.length();
    while (start < end && version.charAt(start) == ' ') {
      start++;
    }
    while (end > start && version.charAt(end - 1) == ' ') {
      end--;
    }
    return version.substring(start, end);
  }
}

package dev.taskcache.kfp;

import dev.taskcache.explain.Reason;
import dev.taskcache.policy.NotCached;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a task says about caching.
 *
 * @param off that it is off, and where; null if it is on
 * @param said whether the task says anything: for a sub-pipeline, absent means nothing said
 * @param key the custom key; null if there is none
 */
record Caching(@Nullable NotCached off, boolean said, @Nullable String key) {
  private static final String REMEDY = "write cachingOptions: {enableCache: true} to switch it on";

  static Caching read(Field task) {
    Field options = task.get("cachingOptions");
    if (options == null) {
      return new Caching(
          off(task.spot() + " has no cachingOptions, which means off; " + REMEDY), false, null);
    }
    Set<String> unknown = new TreeSet<>(options.entries().keySet());
    unknown.removeAll(Set.of("enableCache", "cacheKey"));
    if (!unknown.isEmpty()) {
      throw options.spot().error("has " + unknown + "; it may have enableCache and cacheKey only");
    }
    String key = options.text("cacheKey");
    if (options.isTrue("enableCache")) {
      return new Caching(null, true, key);
    }
    String written = options.entries().isEmpty() ? "{}" : JsonText.json(options.value());
    return new Caching(
        off(options.spot() + " is " + written + ", which means off; " + REMEDY), true, key);
  }

  private static NotCached off(String message) {
    return new NotCached(Reason.CACHING_OFF, message);
  }
}

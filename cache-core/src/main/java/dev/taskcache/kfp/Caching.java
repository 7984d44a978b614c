package dev.taskcache.kfp;

import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a task says about caching.
 *
 * @param on whether it is on
 * @param said whether the task says anything: for a sub-pipeline, absent means nothing said
 * @param empty whether it says {@code {}}, which people take for on
 * @param spot the line that says so: the task's own if it says nothing
 * @param where that line in words, and how to say the contrary
 * @param key the custom key; null if there is none
 * @param written what it says, as JSON; null if it says nothing
 */
record Caching(
    boolean on,
    boolean said,
    boolean empty,
    Spot spot,
    String where,
    @Nullable String key,
    @Nullable String written) {
  private static final String REMEDY = "write cachingOptions: {enableCache: true} to switch it on";
  private static final CachingOptions OFF = CachingOptions.builder().mode(Mode.OFF).build();

  /** What the compiler calls the group that an exit handler waits for. */
  private static final String EXIT_HANDLER = "exit-handler-";

  static Caching read(Field task) {
    Field options = task.get("cachingOptions");
    if (options == null) {
      String where = task.spot() + " has no cachingOptions, which means off; " + REMEDY;
      return new Caching(false, false, false, task.spot(), where, null, null);
    }
    Set<String> unknown = new TreeSet<>(options.entries().keySet());
    unknown.removeAll(Set.of("enableCache", "cacheKey"));
    if (!unknown.isEmpty()) {
      throw options.spot().error("has " + unknown + "; it may have enableCache and cacheKey only");
    }
    String key = options.text("cacheKey");
    boolean empty = options.entries().isEmpty();
    String written = empty ? "{}" : JsonText.json(options.value());
    if (options.isTrue("enableCache")) {
      String where = options.spot() + " has enableCache: true";
      return new Caching(true, true, false, options.spot(), where, key, written);
    }
    String where = options.spot() + " is " + written + ", which means off; " + REMEDY;
    return new Caching(false, true, empty, options.spot(), where, key, written);
  }

  /**
   * What a sub-pipeline says for everything inside; null if nothing: on is what compilers write.
   */
  @Nullable Layer ofGroup() {
    return said && !on ? new Layer(Level.PIPELINE, where, OFF) : null;
  }

  /**
   * What counts for an executable task. Compilers write {@code enableCache: true} wherever nobody
   * said anything, so that it stands neither above a sub-pipeline that is off nor, alone, above
   * what is usual for exit handlers.
   *
   * @param around what the nearest group around says that says anything; null if none does
   */
  static List<Layer> layers(Task task, @Nullable Layer around) {
    Caching own = task.caching();
    if (around != null) {
      return List.of(around);
    } else if (!own.on()) {
      return List.of(new Layer(Level.TASK, own.where(), OFF));
    } else if (own.key() == null && isExitHandler(task)) {
      String where =
          task.spot()
              + " is an exit handler, which has side effects; give it a cacheKey to cache it";
      return List.of(new Layer(Level.LIBRARY, where, OFF));
    }
    CachingOptions.Builder options = CachingOptions.builder().mode(Mode.READ_WRITE);
    if (own.key() != null) {
      options.customKey(own.key());
    }
    return List.of(new Layer(Level.TASK, own.where(), options.build()));
  }

  static boolean isExitHandler(Task task) {
    return task.afterFailures()
        && task.after().stream().anyMatch(before -> before.startsWith(EXIT_HANDLER));
  }
}

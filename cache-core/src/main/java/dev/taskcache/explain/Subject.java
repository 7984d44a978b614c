package dev.taskcache.explain;

import dev.taskcache.key.CacheKey;
import org.jspecify.annotations.Nullable;

/**
 * What a decision is about.
 *
 * @param namespace whose results
 * @param component what people call the component
 * @param task who asked
 * @param key the key; null if it was not or could not be computed
 */
public record Subject(
    String namespace, String component, TaskIdentity task, @Nullable CacheKey key) {
  /**
   * The subject in a few words.
   *
   * @return the task's name where it is known, else the component's
   */
  public String name() {
    String name = task.task();
    return name == null ? component : name;
  }
}

package dev.taskcache.testing;

import dev.taskcache.TaskCacheBuilder;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Who asks: a cache as it was built.
 *
 * @param name what is special about it, for the page; empty for the usual one
 * @param longestWait how long it waits for others
 * @param settings what its builder is told; with the scene's world
 */
record By(
    String name,
    Duration longestWait,
    BiFunction<World, TaskCacheBuilder, TaskCacheBuilder> settings) {
  static final By USUAL = new By("", Duration.ZERO, (world, builder) -> builder);
  static final By WAITING =
      new By("whoever waits", Duration.ofMinutes(1), (world, builder) -> builder);

  static final By ANOTHER = of("another process", (world, builder) -> builder);

  static By of(String name, BiFunction<World, TaskCacheBuilder, TaskCacheBuilder> settings) {
    return new By(name, Duration.ZERO, settings);
  }

  String row() {
    return name.isEmpty() ? "" : ", by " + name;
  }
}

package dev.taskcache.policy;

import dev.taskcache.explain.Level;

/**
 * The options that somebody set in one place.
 *
 * @param level how specific the place is
 * @param where the place, for instance {@code pipeline.yaml:12} or {@code --refresh train}
 * @param options what was set there
 */
public record Layer(Level level, String where, CachingOptions options) {}

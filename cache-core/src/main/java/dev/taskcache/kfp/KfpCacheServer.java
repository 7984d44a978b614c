package dev.taskcache.kfp;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a v1 cache server that decide for how long it uses results.
 *
 * @param defaultStaleness its variable {@code DEFAULT_CACHE_STALENESS}; null if it is not set
 * @param maximumStaleness its variable {@code MAXIMUM_CACHE_STALENESS}; null if it is not set
 */
public record KfpCacheServer(@Nullable String defaultStaleness, @Nullable String maximumStaleness) {
  /** A server that nobody configured: results are used without limit. */
  public static final KfpCacheServer UNCONFIGURED = new KfpCacheServer(null, null);
}

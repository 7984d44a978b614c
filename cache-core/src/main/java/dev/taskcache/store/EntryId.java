package dev.taskcache.store;

import dev.taskcache.key.CacheKey;

/**
 * What an entry is stored under: at most one entry and at most one live lease exist for each.
 *
 * @param namespace whose results; never empty
 * @param key the key
 */
public record EntryId(String namespace, CacheKey key) {}

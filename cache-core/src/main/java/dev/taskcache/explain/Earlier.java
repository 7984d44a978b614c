package dev.taskcache.explain;

import dev.taskcache.key.CacheKey;
import dev.taskcache.key.KeyParts;
import java.time.Instant;

/**
 * What is known of an earlier result of a component, without the result itself.
 *
 * @param key its key
 * @param parts what the key was made of
 * @param producer who ran the task
 * @param createdAt when it was stored, by the store's clock
 */
public record Earlier(CacheKey key, KeyParts parts, TaskIdentity producer, Instant createdAt) {}

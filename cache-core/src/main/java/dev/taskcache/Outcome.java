package dev.taskcache;

import dev.taskcache.store.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the cache gives back.
 *
 * @param <T> the result's type
 * @param value the result: the recorded one on a hit, else what the task returned, or, if another's
 *     result had been stored meanwhile, that one
 * @param decision what the cache said, and why
 * @param write what became of the result; {@link WriteOutcome.NotAttempted} on a hit
 */
public record Outcome<T extends @Nullable Object>(
    T value, CacheDecision decision, WriteOutcome write) {}

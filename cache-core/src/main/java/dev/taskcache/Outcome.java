package dev.taskcache;

import dev.taskcache.store.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What a call of the cache gives back.
 *
 * @param <T> the result's type
 * @param value the result: the recorded one on a hit, else what the task returned, or, if another's
 *     result had been stored meanwhile, that one; null where the decision is {@link
 *     CacheDecision.InFlight}, which happens only to callers that chose {@link
 *     WhenWaitEnds#RETURN_IN_FLIGHT}
 * @param decision what the cache said, and why
 * @param write what became of the result; {@link WriteOutcome.NotAttempted} on a hit
 */
public record Outcome<T extends @Nullable Object>(
    T value, CacheDecision decision, WriteOutcome write) {

  @SuppressWarnings("NullAway") // There is no value: the caller chose to be told so.
  static <T extends @Nullable Object> Outcome<T> inFlight(CacheDecision.InFlight decision) {
    return new Outcome<>(
        null, decision, new WriteOutcome.NotAttempted("another caller is running the task"));
  }
}

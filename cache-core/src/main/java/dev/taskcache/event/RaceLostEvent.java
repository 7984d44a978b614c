package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.store.WriteOutcome;

/**
 * A result was not stored, since another was faster.
 *
 * @param subject what was run
 * @param outcome {@link WriteOutcome.AlreadyStored} with the other's result, or {@link
 *     WriteOutcome.Superseded} where there is none yet
 */
public record RaceLostEvent(Subject subject, WriteOutcome.Published outcome) {}

package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task was run by the cache's caller, or its result was published.
 *
 * @param subject what was run
 * @param duration how long the task ran, by the clock of whoever ran it
 * @param write what became of the result
 * @param writing how long that took; zero if nothing was to be written
 * @param failure what the task threw; null if it returned
 */
public record RunEvent(
    Subject subject,
    Duration duration,
    WriteOutcome write,
    Duration writing,
    @Nullable Throwable failure) {}

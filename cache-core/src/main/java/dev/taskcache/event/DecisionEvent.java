package dev.taskcache.event;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A decision was made.
 *
 * @param subject what it is about
 * @param reason why; its kind is the kind of decision
 * @param message the decision in one sentence
 * @param saved how long the recorded run took; null unless it is a hit on an entry
 */
public record DecisionEvent(
    Subject subject, Reason reason, String message, @Nullable Duration saved) {}

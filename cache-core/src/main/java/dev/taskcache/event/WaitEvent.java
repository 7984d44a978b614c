package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import java.time.Duration;

/**
 * A caller waited for another's run of the same task.
 *
 * @param subject what it asked for
 * @param waited for how long, by this JVM's clock
 */
public record WaitEvent(Subject subject, Duration waited) {}

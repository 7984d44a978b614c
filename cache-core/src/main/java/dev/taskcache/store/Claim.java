package dev.taskcache.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller that wants to run a task says to the store.
 *
 * @param owner the new owner; claiming again with the same one gives the same lease
 * @param length how long the lease lives unless it is renewed
 * @param rejectedFence the fence of the entry that this caller found unusable; null if there was
 *     none. That entry stays readable until the next publish.
 * @param component what people call the component
 * @param run the run that the task belongs to; null if it is not known
 */
public record Claim(
    String owner,
    Duration length,
    @Nullable Long rejectedFence,
    String component,
    @Nullable String run) {}

package dev.taskcache.event;

import java.time.Duration;

/**
 * A store is left alone because it fails too often.
 *
 * @param pause for how long; then one call tries
 * @param cause what failed last
 */
public record BreakerEvent(Duration pause, String cause) {}

package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.explain.TaskIdentity;

/**
 * The same task gave two results.
 *
 * @param subject what was run again
 * @param stored the digest of the stored outputs, 64 hexadecimal digits
 * @param rerun the digest of what the task gave now
 * @param producer who ran the stored one
 * @param stopped whether results of the component are not reused from now on
 */
public record IrreproducibleEvent(
    Subject subject, String stored, String rerun, TaskIdentity producer, boolean stopped) {}

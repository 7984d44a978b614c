package dev.taskcache.store;

/**
 * The right of one owner to run a task and publish its result.
 *
 * @param id the entry that the task will produce
 * @param owner who holds it; made by the client, another one for each acquisition
 * @param fence its number; a later lease of the same id has a higher one
 */
public record Lease(EntryId id, String owner, long fence) {}

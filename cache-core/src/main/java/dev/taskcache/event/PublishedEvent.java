package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.store.EntryHeader;

/**
 * A result was stored.
 *
 * @param subject what was run
 * @param entry what is known of the entry: size in bytes, digest, times
 */
public record PublishedEvent(Subject subject, EntryHeader entry) {}

package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.policy.Overruled;

/**
 * A limit stands above what a request asked for.
 *
 * @param subject what the request is about; without a key
 * @param overruled what was asked for and by whom, and what applies and who says so
 */
public record OptionsConflictEvent(Subject subject, Overruled overruled) {}

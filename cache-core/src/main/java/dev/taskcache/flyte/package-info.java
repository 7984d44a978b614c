/**
 * Flyte's tasks: reading them, and what Flyte's own caches call their results. {@code
 * docs/flyte.md} is its page.
 */
@NullMarked
package dev.taskcache.flyte;

import org.jspecify.annotations.NullMarked;

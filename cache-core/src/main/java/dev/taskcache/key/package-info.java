/**
 * From what identifies a task to its {@link dev.taskcache.key.CacheKey}: components, images, input
 * values, output schemas and their canonical encoding. {@code docs/key-format.md} is the normative
 * page of the format.
 */
@NullMarked
package dev.taskcache.key;

import org.jspecify.annotations.NullMarked;

/** What the cache tells others while it works. */
@NullMarked
package dev.taskcache.event;

import org.jspecify.annotations.NullMarked;

/** What a host touches: the cache, its requests, its decisions and its outcomes. */
@NullMarked
package dev.taskcache;

import org.jspecify.annotations.NullMarked;

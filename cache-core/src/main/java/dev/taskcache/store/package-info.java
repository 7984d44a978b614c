/** What a store has to do, and the store in memory. */
@NullMarked
package dev.taskcache.store;

import org.jspecify.annotations.NullMarked;

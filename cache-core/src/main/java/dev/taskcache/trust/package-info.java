/** Whose entries may be served: signatures over entries, and the keys that check them. */
@NullMarked
package dev.taskcache.trust;

import org.jspecify.annotations.NullMarked;

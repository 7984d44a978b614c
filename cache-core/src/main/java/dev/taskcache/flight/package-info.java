/** One run per key inside this JVM, and leases kept alive while it lasts. */
@NullMarked
package dev.taskcache.flight;

import org.jspecify.annotations.NullMarked;

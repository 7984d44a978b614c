/** For tests of hosts that keep their results in a database. */
@NullMarked
package dev.taskcache.jdbc.testing;

import org.jspecify.annotations.NullMarked;

/** The store that keeps entries and leases in one table of a database. */
@NullMarked
package dev.taskcache.jdbc;

import org.jspecify.annotations.NullMarked;

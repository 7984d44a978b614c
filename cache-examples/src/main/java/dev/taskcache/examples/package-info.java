/** Runnable programs, the {@code taskcache} command among them. */
@NullMarked
package dev.taskcache.examples;

import org.jspecify.annotations.NullMarked;

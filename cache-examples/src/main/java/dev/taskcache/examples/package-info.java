/** The {@code taskcache} command, and what it runs pipelines with on this machine. */
@NullMarked
package dev.taskcache.examples;

import org.jspecify.annotations.NullMarked;

/** A compiler for another engine, as an example: Argo Workflows. */
@NullMarked
package dev.taskcache.examples.argo;

import org.jspecify.annotations.NullMarked;

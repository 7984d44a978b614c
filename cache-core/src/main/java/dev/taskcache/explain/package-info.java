/** Why a decision was made: the closed set of reasons, and who asked. */
@NullMarked
package dev.taskcache.explain;

import org.jspecify.annotations.NullMarked;

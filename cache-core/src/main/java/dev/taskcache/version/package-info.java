/**
 * Which version of a pipeline a recurring run gets, and its compiled form, made once per version.
 */
@NullMarked
package dev.taskcache.version;

import org.jspecify.annotations.NullMarked;

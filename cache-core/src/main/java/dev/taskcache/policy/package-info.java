/** May a task be cached, and who decided that. */
@NullMarked
package dev.taskcache.policy;

import org.jspecify.annotations.NullMarked;

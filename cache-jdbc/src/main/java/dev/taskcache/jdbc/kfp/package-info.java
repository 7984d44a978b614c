/** Moves the table of Kubeflow's v1 cache server into a store. */
@NullMarked
package dev.taskcache.jdbc.kfp;

import org.jspecify.annotations.NullMarked;

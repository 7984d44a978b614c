/**
 * Compiled Kubeflow pipelines: reading them, stepping through them, and what each task is called.
 */
@NullMarked
package dev.taskcache.kfp;

import org.jspecify.annotations.NullMarked;

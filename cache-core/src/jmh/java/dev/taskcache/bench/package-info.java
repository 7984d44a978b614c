/** Benchmarks, and the ratios of docs/performance.md. */
@NullMarked
package dev.taskcache.bench;

import org.jspecify.annotations.NullMarked;

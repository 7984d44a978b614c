/**
 * For tests of hosts: a cache of each test's own ({@link dev.taskcache.testing.TaskCacheExtension},
 * {@link dev.taskcache.testing.TestCache}), assertions ({@link
 * dev.taskcache.testing.TaskCacheAssertions}), a clock that the test sets, a store with faults on
 * demand. For tests of stores and of sources of pipelines: the contract suites. Needs JUnit 5
 * ({@code org.junit.jupiter:junit-jupiter-api}) for the extension and the suite, and AssertJ
 * ({@code org.assertj:assertj-core}) for the assertions and the suite. Guide: {@code
 * docs/testing.md}.
 */
@NullMarked
package dev.taskcache.testing;

import org.jspecify.annotations.NullMarked;

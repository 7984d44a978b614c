/**
 * For tests of stores, and of hosts: the contract suite, a clock that the test sets, a listener
 * that remembers. Needs JUnit 5 ({@code org.junit.jupiter:junit-jupiter-api}) and AssertJ ({@code
 * org.assertj:assertj-core}) for the suite.
 */
@NullMarked
package dev.taskcache.testing;

import org.jspecify.annotations.NullMarked;

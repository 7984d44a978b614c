package dev.taskcache.jdbc;

import java.util.function.BooleanSupplier;

/** Where the servers of the tests come from; the variable's name is PostgreSQL's. */
enum ServerSource {
  /** From whoever set {@code TASKCACHE_TEST_JDBC_URL}. */
  URL,
  /** From images, in containers. */
  DOCKER,
  /**
   * From the programs that Maven fetched: always possible for PostgreSQL, which is never skipped.
   */
  BINARIES;

  static final String VARIABLE = "TASKCACHE_TEST_JDBC_URL";

  /**
   * The first that can be.
   *
   * @param url the variable's value; null or empty if it is not set
   * @param docker whether Docker answers; asked only if there is no URL
   */
  static ServerSource choose(String url, BooleanSupplier docker) {
    if (url != null && !url.isEmpty()) {
      return URL;
    }
    return docker.getAsBoolean() ? DOCKER : BINARIES;
  }

  /** The one for this JVM. */
  static ServerSource ofThisJvm() {
    return choose(System.getenv(VARIABLE), Docker::answers);
  }
}

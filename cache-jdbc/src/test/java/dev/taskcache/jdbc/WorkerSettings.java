package dev.taskcache.jdbc;

import java.time.Duration;
import java.util.List;

/**
 * How a {@link Worker} is set up.
 *
 * @param url its database
 * @param name its own, which is also the run that its leases belong to
 * @param lease how long they live
 * @param deadline its store's
 * @param polling how often its waiters look by themselves
 */
record WorkerSettings(
    String url, String name, Duration lease, Duration deadline, Duration polling) {
  static final Duration STORE_DEADLINE = Duration.ofSeconds(30);

  /** A deadline that outlives a server's restart, and polling that is fit for short leases. */
  WorkerSettings(TestDatabase database, String name, Duration lease) {
    this(url(database, name), name, lease, STORE_DEADLINE, Duration.ofMillis(100));
  }

  /** By its name a server can tell its connections from others. */
  private static String url(TestDatabase database, String name) {
    boolean server = database.database() != Database.SQLITE;
    return server ? database.url() + "&ApplicationName=" + name : database.url();
  }

  /** For its command line. */
  String[] arguments() {
    return List.of(url, name, lease.toString(), deadline.toString(), polling.toString())
        .toArray(String[]::new);
  }

  static WorkerSettings of(String[] arguments) {
    return new WorkerSettings(
        arguments[0],
        arguments[1],
        Duration.parse(arguments[2]),
        Duration.parse(arguments[3]),
        Duration.parse(arguments[4]));
  }
}

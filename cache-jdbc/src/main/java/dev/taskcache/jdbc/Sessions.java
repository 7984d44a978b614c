package dev.taskcache.jdbc;

import java.sql.SQLException;

/** Where a store's statements get their connections. Thread-safe. */
interface Sessions extends AutoCloseable {

  /** What is done with a session. May be done again, with another one. */
  @FunctionalInterface
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  /** Does what only reads. */
  <T> T read(Deadline deadline, Work<T> work) throws SQLException;

  /** Does what writes. */
  <T> T write(Deadline deadline, Work<T> work) throws SQLException;

  /** Closes what it keeps open. */
  @Override
  void close();
}

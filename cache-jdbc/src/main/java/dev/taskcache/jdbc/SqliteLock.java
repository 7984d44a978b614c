package dev.taskcache.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One migration of SQLite at a time, of all threads and processes: Flyway reads and then writes in
 * one transaction, which SQLite refuses at once to all but one, whatever its busy timeout.
 */
final class SqliteLock {
  /** A file's lock belongs to the process: it does not keep the process's own threads apart. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private SqliteLock() {}

  /** What is done meanwhile. */
  interface Work {
    /** Does it. */
    int run() throws SQLException;
  }

  /**
   * Does something while nobody else does, by locking a file beside the database's: its name and
   * {@code .lock}. The file stays; a process that dies releases it.
   */
  static int whileLocked(String database, Work work) throws SQLException {
    THREADS.lock();
    try {
      if (database.isEmpty()) { // in memory
        return work.run();
      }
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(database + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        return held.isValid() ? work.run() : 0;
      }
    } catch (IOException e) {
      throw new SchemaException("cannot lock " + database + ".lock: " + e, e);
    } finally {
      THREADS.unlock();
    }
  }

  /** The database's file; empty if it has none. */
  static String file(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT coalesce(file, '') FROM pragma_database_list WHERE name = 'main'")) {
      row.next();
      return row.getString(1);
    }
  }
}

package dev.taskcache.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;

/** A file of SQLite that several processes use at once. */
final class SqliteFile {
  // SQLite's locks and shared memory do not work between machines.
  private static final Set<String> NETWORK =
      Set.of(
          "9p",
          "afpfs",
          "afs",
          "beegfs",
          "ceph",
          "cifs",
          "davfs",
          "fuse.ceph",
          "fuse.cephfs",
          "fuse.davfs",
          "fuse.gcsfuse",
          "fuse.glusterfs",
          "fuse.juicefs",
          "fuse.rclone",
          "fuse.s3fs",
          "fuse.sshfs",
          "glusterfs",
          "gpfs",
          "lustre",
          "ncpfs",
          "nfs",
          "nfs4",
          "smb2",
          "smb3",
          "smbfs",
          "webdav");

  private SqliteFile() {}

  /** A connection that several processes can have at once, with a write-ahead log. */
  static Connection open(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    try (Statement statement = connection.createStatement()) {
      Transactions.autoCommit(connection);
      String file = SqliteLock.file(connection);
      if (file.isEmpty()) {
        throw new SQLException(
            "a database in memory is another one for each connection; name a file, or use"
                + " InMemoryStore");
      }
      refuseNetwork(file, type(Path.of(file)));
      // Several processes may open a new file at once.
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String type(Path file) throws SQLException {
    try {
      return Files.getFileStore(file).type();
    } catch (IOException e) {
      throw new SQLException("cannot find out what file system " + file + " is on: " + e, e);
    }
  }

  static void refuseNetwork(String file, String type) throws SQLException {
    if (NETWORK.contains(type.toLowerCase(Locale.ROOT))) {
      throw new SQLException(
          file
              + " is on a network file system ("
              + type
              + "), where SQLite loses data; put it on a disk of this machine, or use PostgreSQL");
    }
  }
}

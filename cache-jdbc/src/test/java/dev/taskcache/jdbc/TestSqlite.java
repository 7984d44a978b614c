package dev.taskcache.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLite, in a file in a folder of its own. */
final class TestSqlite extends TestDatabase {
  private final Path folder;

  TestSqlite() {
    this(folder());
  }

  private TestSqlite(Path folder) {
    super("jdbc:sqlite:" + folder.resolve("taskcache.db"));
    this.folder = folder;
  }

  @Override
  Database database() {
    return Database.SQLITE;
  }

  @Override
  void kill() {
    throw new UnsupportedOperationException("SQLite has no server to kill");
  }

  @Override
  void restart() {
    throw new UnsupportedOperationException("SQLite has no server to restart");
  }

  @Override
  public void close() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "SQLite";
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("taskcache-sqlite");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

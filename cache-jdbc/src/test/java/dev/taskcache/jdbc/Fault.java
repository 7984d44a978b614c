package dev.taskcache.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** A database with a store in it, and something that happens to it. */
abstract class Fault implements AutoCloseable {
  final TestDatabase database;

  Fault(TestDatabase database) {
    this.database = database;
  }

  /** A fault of a PostgreSQL. */
  Fault() {
    this(TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow());
  }

  /** What the host's store has. */
  DataSource dataSource() {
    return database.dataSource();
  }

  /** The schema that it is told; null for the connection's own. */
  String schema() {
    return null;
  }

  /** The host's clock. */
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Of the host's store: short where calls last until it, and long where they must not. */
  Duration deadline() {
    return Duration.ofSeconds(10);
  }

  /** It happens; before it the store has worked. */
  abstract void begin() throws Exception;

  /** A task will be asked for. */
  void ready() {}

  /** A task is asked for; or it happens just then. */
  <T> T around(Callable<T> task) throws Exception {
    return task.call();
  }

  /** A task runs. */
  void duringTask() {}

  /** Makes good what would keep the database from being deleted. */
  void end() throws IOException, SQLException {}

  @Override
  public final void close() throws IOException, SQLException {
    try (database) {
      end();
    }
  }

  /** A statement is executed once, and that is all. */
  static final class Statements extends Fault {
    private final String[] statements;

    Statements(String... statements) {
      this.statements = statements;
    }

    @Override
    void begin() throws SQLException {
      database.execute(statements);
    }
  }
}

package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/**
 * An empty database of one test's own: a file of SQLite, or a schema of a PostgreSQL server that
 * other tests share. JUnit closes it after the test:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
 * void storesOneRow(TestDatabase database) { … }
 * }</pre>
 */
abstract class TestDatabase implements AutoCloseable {
  private final DataSource dataSource;
  private final String url;

  TestDatabase(String url) {
    this.url = url;
    this.dataSource = dataSource(url);
  }

  /** One of each: SQLite, and PostgreSQL from wherever {@link ServerSource} says. */
  static Stream<TestDatabase> all() {
    return Stream.concat(Stream.of(0).map(each -> sqlite()), postgresql());
  }

  /** The oldest and the newest PostgreSQL, or the one that the environment names. */
  static Stream<TestDatabase> postgresql() {
    return TestServer.all().stream().map(Supplier::get).map(TestPostgres::new);
  }

  /** The oldest and the newest PostgreSQL, of which {@link #kill} and {@link #restart} work. */
  static Stream<TestDatabase> killable() {
    return TestServer.LOCAL.stream().map(Supplier::get).map(TestPostgres::new);
  }

  /** SQLite. */
  static TestDatabase sqlite() {
    return new TestSqlite();
  }

  /** Connections without a pool, for processes that were told the URL. */
  static DataSource dataSource(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      SQLiteDataSource sqlite = new SQLiteDataSource();
      sqlite.setUrl(url);
      return sqlite;
    }
    PGSimpleDataSource postgresql = new PGSimpleDataSource();
    postgresql.setURL(url);
    return postgresql;
  }

  /** Which kind it is. */
  abstract Database database();

  /** Kills the server, of which other tests' connections end too. */
  abstract void kill();

  /** Starts the server again, over the same data. */
  abstract void restart();

  /** Deletes it. */
  @Override
  public abstract void close();

  /** Leads to it alone, from other processes too. */
  final String url() {
    return url;
  }

  /** Each connection is a new one. */
  final DataSource dataSource() {
    return dataSource;
  }

  /** Does what a file of statements says; none of ours has a semicolon inside of one. */
  final void script(String sql) throws SQLException {
    execute(Stream.of(sql.split(";")).filter(each -> !each.isBlank()).toArray(String[]::new));
  }

  /** Does some statements. */
  final void execute(String... statements) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** The first column of what a query finds, as text. */
  final List<String> query(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}

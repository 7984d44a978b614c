package dev.taskcache.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A schema of PostgreSQL, first and last in the search path of all connections. */
final class TestPostgres extends TestDatabase {
  private final TestServer server;
  private final String schema;
  private final Database database;
  private final String name;

  TestPostgres(TestServer server) {
    this(server, "test_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  private TestPostgres(TestServer server, String schema) {
    super(server.url() + (server.url().contains("?") ? "&" : "?") + "currentSchema=" + schema);
    this.server = server;
    this.schema = schema;
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      database = Database.of(connection);
      name = database + " " + connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot use " + server.url(), e);
    }
  }

  /** Its name. */
  String schema() {
    return schema;
  }

  /** Leads to it as another role, which exists and need not be allowed to log in. */
  String url(String role) {
    return url() + "&options=-c%20role=" + role;
  }

  @Override
  Database database() {
    return database;
  }

  @Override
  void kill() {
    local().kill();
  }

  @Override
  void restart() {
    try {
      local().restart();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (server.local().isPresent() && !local().isAlive()) {
      restart();
    }
    try {
      execute("DROP SCHEMA " + schema + " CASCADE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private PostgresServer local() {
    return server
        .local()
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "not a server of this JVM: use TestDatabase.killable()"));
  }
}

package dev.taskcache.jdbc;

import java.sql.SQLException;
import java.util.List;

/** A schema of a real PostgreSQL, the newest that the tests of cache-jdbc would use. */
public final class PostgresForCommands implements AutoCloseable {
  private final TestPostgres database;

  /** An empty schema. */
  public PostgresForCommands() {
    var servers = TestServer.all();
    database = new TestPostgres(servers.get(servers.size() - 1).get());
  }

  /** Leads to that schema, as a user who may do everything. */
  public String url() {
    return database.url();
  }

  /** Leads to it as a role, which exists. */
  public String url(String role) {
    return database.url(role);
  }

  /** Its name. */
  public String schema() {
    return database.schema();
  }

  /** Does some statements in it. */
  public void execute(String... statements) throws SQLException {
    database.execute(statements);
  }

  /** The first column of what a query finds. */
  public List<String> query(String sql) throws SQLException {
    return database.query(sql);
  }

  @Override
  public void close() {
    database.close();
  }
}

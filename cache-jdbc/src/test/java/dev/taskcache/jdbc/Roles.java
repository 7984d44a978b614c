package dev.taskcache.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Roles of one test's on a PostgreSQL server, which are gone after it. */
final class Roles implements AutoCloseable {
  private final TestPostgres database;
  private final List<String> names = new ArrayList<>();

  Roles(TestPostgres database) {
    this.database = database;
  }

  /** Makes a role; others' have other names. */
  String create(String what) throws SQLException {
    String name = database.schema() + "_" + what;
    database.execute("CREATE ROLE " + name);
    names.add(name);
    return name;
  }

  @Override
  public void close() throws SQLException {
    for (String each : names) {
      database.execute("DROP OWNED BY " + each, "DROP ROLE " + each);
    }
  }
}

package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An empty table of a v1 cache server, and an empty store; JUnit closes both after the test. */
record CacheServerDatabase(CacheServerTable table, TestDatabase forStore, AutoCloseable source)
    implements AutoCloseable {

  /** On each database that a cache server may have, with column names in either case. */
  static Stream<CacheServerDatabase> all() {
    return Stream.of(false, true).map(CacheServerDatabase::postgresql);
  }

  /** One of each. */
  static Stream<CacheServerDatabase> large() {
    return Stream.of(postgresql(false));
  }

  /** The newest PostgreSQL, which then also has the store. */
  static CacheServerDatabase postgresql(boolean lowerCase) {
    TestDatabase database = TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
    try {
      CacheServerTable table = new CacheServerTable(database.url(), lowerCase).create();
      return new CacheServerDatabase(table, database, () -> {});
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  JdbcStore store() {
    JdbcStore store = JdbcStore.builder(forStore.dataSource()).build();
    store.schema().migrate();
    return store;
  }

  /** All that is in the table. */
  List<String> contents() throws SQLException {
    try (Connection connection = DriverManager.getConnection(table.url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM execution_caches ORDER BY 1")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= 7; i++) {
          row.append(rows.getString(i)).append('|');
        }
        found.add(row.toString());
      }
      return found;
    }
  }

  @Override
  public void close() throws Exception {
    forStore.close();
    source.close();
  }

  @Override
  public String toString() {
    return table.url().replaceFirst("//.*", "") + (table.lowerCase() ? " in lower case" : "");
  }
}

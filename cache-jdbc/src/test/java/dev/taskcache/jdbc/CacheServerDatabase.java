package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a v1 cache server, and a store, both empty and made when they are first asked for: a
 * test is skipped by itself where its database is not there. JUnit closes both after the test.
 */
final class CacheServerDatabase implements AutoCloseable {
  private final Kind kind;
  private final boolean lowerCase;
  private Opened opened;

  private enum Kind {
    MARIADB,
    POSTGRESQL
  }

  private record Opened(CacheServerTable table, TestDatabase forStore, AutoCloseable source) {}

  private CacheServerDatabase(Kind kind, boolean lowerCase) {
    this.kind = kind;
    this.lowerCase = lowerCase;
  }

  /** On each database that a cache server may have, with column names in either case. */
  static Stream<CacheServerDatabase> all() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(false, true).map(lower -> new CacheServerDatabase(kind, lower)));
  }

  /** With column names as the cache server writes them. */
  static CacheServerDatabase mariadb() {
    return new CacheServerDatabase(Kind.MARIADB, false);
  }

  /** The same. */
  static CacheServerDatabase postgresql() {
    return new CacheServerDatabase(Kind.POSTGRESQL, false);
  }

  /** The newest PostgreSQL also has the store; beside MariaDB it is a file of SQLite. */
  private Opened open() {
    try {
      if (kind == Kind.MARIADB) {
        TestMariaDb source = new TestMariaDb();
        return new Opened(table(source.url()), TestDatabase.sqlite(), source);
      }
      TestDatabase both = TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
      return new Opened(table(both.url()), both, () -> {});
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private CacheServerTable table(String url) throws SQLException {
    return new CacheServerTable(url, lowerCase).create();
  }

  private Opened opened() {
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  CacheServerTable table() {
    return opened().table();
  }

  TestDatabase forStore() {
    return opened().forStore();
  }

  /** For another process that writes much, and does not wait until the disk has it. */
  String storeUrl() {
    String url = forStore().url();
    return kind == Kind.POSTGRESQL ? url + "&options=-c%20synchronous_commit=off" : url;
  }

  JdbcStore store() {
    JdbcStore store = JdbcStore.builder(forStore().dataSource()).build();
    store.schema().migrate();
    return store;
  }

  /** All that is in the table. */
  List<String> contents() throws SQLException {
    try (Connection connection = DriverManager.getConnection(table().url());
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
    if (opened != null) {
      opened.forStore().close();
      opened.source().close();
    }
  }

  @Override
  public String toString() {
    return kind + (lowerCase ? " in lower case" : "");
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseTest {
  @Test
  void sqlite() throws Exception {
    try (TestDatabase sqlite = TestDatabase.sqlite();
        Connection connection = sqlite.dataSource().getConnection()) {
      assertThat(Database.of(connection)).isEqualTo(Database.SQLITE);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#killable")
  void postgresql(TestDatabase postgresql) throws Exception {
    try (Connection connection = postgresql.dataSource().getConnection()) {
      assertThat(Database.of(connection)).isEqualTo(Database.POSTGRESQL);
    }
  }

  /** Others that are PostgreSQL to their driver, by what theirs say; PostgreSQL itself says it. */
  @ParameterizedTest
  @CsvSource({
    "CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu), COCKROACH",
    "PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, YUGABYTE",
    "PostgreSQL 11.2-YB-2.25.0.0-b0 on x86_64-pc-linux-gnu, YUGABYTE"
  })
  void whatSpeaksAsPostgresqlDoes(String version, Database expected) throws Exception {
    try (TestDatabase database = TestDatabase.killable().findFirst().orElseThrow()) {
      database.execute(
          "CREATE FUNCTION version() RETURNS text LANGUAGE sql AS $$ SELECT '" + version + "' $$");
      String path =
          "&options=-c%20search_path=" + ((TestPostgres) database).schema() + ",pg_catalog";
      String url = database.url().replaceFirst("&currentSchema=[^&]*", "") + path;
      try (Connection connection = TestDatabase.dataSource(url).getConnection()) {
        assertThat(Database.of(connection)).isEqualTo(expected);
        assertThat(expected.listens()).isFalse();
        assertThat(expected.folder()).isEqualTo("postgresql");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"MySQL, 9, 0", "PostgreSQL, 12, 22", "PostgreSQL, 8, 0", "SQLite, 3, 34"})
  void whatHoldsNoStoreIsRefused(String product, int major, int minor) throws Exception {
    try (TestDatabase database = TestDatabase.killable().findFirst().orElseThrow();
        Connection connection = database.dataSource().getConnection()) {
      assertThatThrownBy(() -> Database.of(saying(connection, product, major, minor)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "no store for %s %d.%d: use PostgreSQL 13 or newer, CockroachDB, YugabyteDB, or"
                  + " SQLite 3.35 or newer",
              product, major, minor);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void seesATableOrNot(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE here (x integer)");
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      assertThat(database.database().has(connection, "there")).isFalse();
      assertThat(database.database().has(connection, "here"))
          .as("the transaction goes on")
          .isTrue();
    }
  }

  /** A connection whose database is another. */
  private static Connection saying(Connection real, String product, int major, int minor)
      throws SQLException {
    DatabaseMetaData about = real.getMetaData();
    DatabaseMetaData lies =
        proxy(
            DatabaseMetaData.class,
            about,
            name ->
                switch (name) {
                  case "getDatabaseProductName" -> product;
                  case "getDatabaseMajorVersion" -> major;
                  case "getDatabaseMinorVersion" -> minor;
                  case "getDatabaseProductVersion" -> major + "." + minor;
                  default -> null;
                });
    return proxy(Connection.class, real, name -> name.equals("getMetaData") ? lies : null);
  }

  private static <T> T proxy(
      Class<T> type, T real, java.util.function.Function<String, Object> by) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object other = by.apply(method.getName());
              if (other != null) {
                return other;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}

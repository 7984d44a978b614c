package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link JdbcSchema#roles}: each role can do its own, and no more. */
class RolesTest {
  private static final String FORBIDDEN = "42501";

  private static final String CLAIM =
      "INSERT INTO taskcache_entry AS t (key, namespace, fence, owner) VALUES ('k1', 'n', 1, 'o')"
          + " ON CONFLICT (key, namespace) DO UPDATE SET fence = t.fence + 1 RETURNING fence";
  private static final String PUBLISH =
      "UPDATE taskcache_entry SET entry_fence = fence, owner = NULL, payload = '\\x00'"
          + " WHERE key = 'k1' AND namespace = 'n' AND fence = 2 RETURNING awaited";
  private static final String FIND = "SELECT entry_fence FROM taskcache_entry WHERE key = 'k1'";
  private static final String PURGE = "DELETE FROM taskcache_entry WHERE key = 'k1'";
  private static final String LOCK = "SELECT fence FROM taskcache_entry FOR UPDATE SKIP LOCKED";

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void eachCanDoItsOwnAndNoMore(TestPostgres database) throws Exception {
    try (Three roles = new Three(database)) {
      JdbcSchema schema = JdbcSchema.of(database.dataSource()).in(database.schema());
      schema.migrate();
      database.script(schema.roles(roles.writer, roles.reader, roles.migrator));

      assertCan(database, roles.writer, CLAIM, CLAIM, PUBLISH, FIND, LOCK);
      assertCan(database, roles.reader, FIND);
      assertCannot(database, roles.reader, CLAIM, PUBLISH, PURGE, LOCK);
      assertCan(database, roles.writer, PURGE);
      for (String role : List.of(roles.writer, roles.reader)) {
        assertCannot(
            database,
            role,
            "CREATE TABLE more (x integer)",
            "ALTER TABLE taskcache_entry ADD COLUMN more text",
            "DROP TABLE taskcache_entry",
            "TRUNCATE taskcache_entry",
            "UPDATE taskcache_schema SET major = 9",
            "SELECT 1 FROM taskcache_schema_history");
        JdbcSchema theirs = as(database, role);
        assertThatCode(theirs::validate).doesNotThrowAnyException();
        assertThat(theirs.migrate()).as("nothing is to be done").isZero();
      }
      assertCan(
          database,
          roles.migrator,
          "CREATE TABLE more (x integer)",
          "ALTER TABLE taskcache_entry ADD COLUMN more text");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void theMigratorBringsALaterMinor(TestPostgres database) throws Exception {
    try (Three roles = new Three(database)) {
      JdbcSchema schema = JdbcSchema.of(database.dataSource()).in(database.schema());
      schema.migrate();
      database.script(schema.roles(roles.writer, roles.reader, roles.migrator));
      Migrations later = MigrationTest.LATER;
      TableName table = new TableName(database.schema(), TableName.DEFAULT_PREFIX);

      assertThatThrownBy(
              new JdbcSchema(TestDatabase.dataSource(database.url(roles.writer)), table, later)
                  ::migrate)
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("permission denied for schema");
      database.execute("GRANT CREATE ON SCHEMA " + database.schema() + " TO " + roles.writer);
      assertThatThrownBy(
              new JdbcSchema(TestDatabase.dataSource(database.url(roles.writer)), table, later)
                  ::migrate)
          .as("tables of its own it could make")
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("permission denied for table taskcache_schema_history")
          .hasMessageContaining("run it as a role that may create tables there");
      assertThat(
              new JdbcSchema(TestDatabase.dataSource(database.url(roles.migrator)), table, later)
                  .migrate())
          .isEqualTo(1);
      assertCan(database, roles.writer, CLAIM, "UPDATE taskcache_entry SET note = ''");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aWriterWhoMigratesIsToldWhoCan(TestPostgres database) throws Exception {
    try (Three roles = new Three(database)) {
      database.execute("GRANT USAGE ON SCHEMA " + database.schema() + " TO " + roles.writer);
      assertThatThrownBy(as(database, roles.writer)::migrate)
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining(
              "permission denied for schema %s, where %s may not create tables; run it as a role",
              database.schema(), roles.writer)
          .hasMessageContaining("JdbcSchema.ddl()");
    }
  }

  @Test
  void rightsNeedASchemaAndRolesNames() {
    JdbcSchema schema = JdbcSchema.withoutDatabase();
    assertThatThrownBy(() -> schema.roles("w", "r", "m"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JdbcSchema.in(\"public\")");
    assertThatThrownBy(() -> schema.in("public").roles("w", "", "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the reader is no role's name: \"\"");
    assertThat(schema.in("public").roles("a\"b; DROP TABLE x", "r", "m"))
        .contains("GRANT USAGE ON SCHEMA \"public\" TO \"a\"\"b; DROP TABLE x\";")
        .doesNotContain("${");
  }

  private static JdbcSchema as(TestPostgres database, String role) {
    return JdbcSchema.of(TestDatabase.dataSource(database.url(role))).in(database.schema());
  }

  private static void assertCan(TestPostgres database, String role, String... statements)
      throws SQLException {
    for (String each : statements) {
      assertThat(state(database, role, each)).as("%s: %s", role, each).isEmpty();
    }
  }

  private static void assertCannot(TestPostgres database, String role, String... statements)
      throws SQLException {
    for (String each : statements) {
      assertThat(state(database, role, each)).as("%s: %s", role, each).isEqualTo(FORBIDDEN);
    }
  }

  /** The SQLState of what a statement does, or nothing. */
  private static String state(TestPostgres database, String role, String sql) throws SQLException {
    try (Connection connection = TestDatabase.dataSource(database.url(role)).getConnection();
        Statement statement = connection.createStatement()) {
      try {
        statement.execute(sql);
        return "";
      } catch (SQLException e) {
        return e.getSQLState();
      }
    }
  }

  /** Three roles of one test's. */
  private static final class Three implements AutoCloseable {
    private final Roles roles;
    final String writer;
    final String reader;
    final String migrator;

    Three(TestPostgres database) throws SQLException {
      roles = new Roles(database);
      writer = roles.create("writer");
      reader = roles.create("reader");
      migrator = roles.create("migrator");
    }

    @Override
    public void close() throws SQLException {
      roles.close();
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link JdbcSchema#ddl}, for people who run the statements themselves. */
class DdlTest {
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void byHandIsAsGood(TestDatabase database) throws Exception {
    JdbcSchema schema = JdbcSchema.of(database.dataSource());
    database.script(JdbcSchema.withoutDatabase().ddl(database.database()));

    assertThatCode(schema::validate).doesNotThrowAnyException();
    assertThat(schema.migrate()).isZero();
    assertThatThrownBy(() -> database.query("SELECT 1 FROM taskcache_schema_history"))
        .as("Flyway's table is not made for it")
        .hasMessageContaining("taskcache_schema_history");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void inASchemaWithAPrefix(TestPostgres database) throws Exception {
    JdbcSchema schema =
        JdbcSchema.of(database.dataSource()).in(database.schema()).prefix("our_cache_");
    String ddl = schema.ddl(database.database());
    assertThat(ddl)
        .contains("CREATE TABLE \"" + database.schema() + "\".our_cache_entry (")
        .doesNotContain("taskcache_");
    database.script(ddl);
    assertThatCode(schema::validate).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatItIsAndLeavesNothingOpen(Database database) {
    assertThat(JdbcSchema.withoutDatabase().ddl(database))
        .startsWith("-- V1.0__entries.sql\n")
        .contains("CREATE TABLE taskcache_entry (")
        .contains("INSERT INTO taskcache_schema (major, minor) VALUES (1, 0);")
        .doesNotContain("${");
  }

  @ParameterizedTest
  @EnumSource
  void noCommentHasASemicolon(Database database) {
    // Some tools cut a file at each.
    assertThat(JdbcSchema.withoutDatabase().ddl(database).lines())
        .noneMatch(line -> line.matches(".*--.*;.*"));
  }

  @Test
  void hasAllTheFilesThatFlywayFinds() throws Exception {
    for (Database database : List.of(Database.POSTGRESQL, Database.SQLITE)) {
      Path folder = Path.of("src/main/resources/dev/taskcache/jdbc").resolve(database.folder());
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> "%s/" + file.getFileName()))
            .containsExactlyInAnyOrderElementsOf(Migrations.OURS.files());
      }
    }
  }

  @Test
  void nothingButPaperWithoutADatabase() {
    assertThatThrownBy(JdbcSchema.withoutDatabase()::validate)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("JdbcSchema.of(dataSource)");
    assertThatThrownBy(JdbcSchema.withoutDatabase()::migrate)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneRowMappingServesBothDatabases() throws Exception {
    try (TestDatabase sqlite = TestDatabase.sqlite();
        TestDatabase postgresql = TestDatabase.postgresql().findFirst().orElseThrow()) {
      JdbcSchema.of(sqlite.dataSource()).migrate();
      JdbcSchema.of(postgresql.dataSource()).migrate();
      assertThat(sqlite.query("SELECT name FROM pragma_table_info('taskcache_entry')"))
          .containsExactlyInAnyOrderElementsOf(
              postgresql.query(
                  "SELECT attname FROM pg_attribute"
                      + " WHERE attrelid = 'taskcache_entry'::regclass AND attnum > 0"));
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link JdbcSchema#validate}: each fault is found, and named. */
class ValidationTest {
  private static final String KEY =
      "the constraint taskcache_entry_key of taskcache_entry, PRIMARY KEY (key, namespace), ";

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void notMigrated(TestDatabase database) throws Exception {
    assertFault(database, "no version in a table taskcache_schema: the database was not migrated");
    assertThat(tables(database)).as("validation makes nothing").isEqualTo("0");

    JdbcSchema.of(database.dataSource()).migrate();
    database.execute("DELETE FROM taskcache_schema");
    assertFault(database, "no version in a table taskcache_schema");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void otherVersions(TestDatabase database) throws Exception {
    JdbcSchema schema = JdbcSchema.of(database.dataSource());
    schema.migrate();

    database.execute("UPDATE taskcache_schema SET major = 0, minor = 9");
    assertFault(
        database,
        "taskcache_schema says version 0.9, and this code needs " + Migrations.OURS.newest());
    database.execute("UPDATE taskcache_schema SET major = 2, minor = 0");
    assertFault(database, "taskcache_schema says version 2.0, and this code knows 1.x only");
    database.execute("UPDATE taskcache_schema SET major = 1, minor = 7");
    assertThatCode(schema::validate).as("a newer minor").doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void noTable(TestDatabase database) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    database.execute("DROP TABLE taskcache_entry");
    assertFault(database, "the table taskcache_entry is missing");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void noTableOfStatistics(TestDatabase database) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    database.execute("DROP TABLE taskcache_stats");
    assertFault(database, "the table taskcache_stats is missing");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void noConstraint(TestDatabase database) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    if (database.database() == Database.SQLITE) {
      // SQLite cannot drop a constraint, but a copy of the table has none.
      database.execute(
          "CREATE TABLE copy AS SELECT * FROM taskcache_entry",
          "DROP TABLE taskcache_entry",
          "ALTER TABLE copy RENAME TO taskcache_entry");
    } else {
      database.execute("ALTER TABLE taskcache_entry DROP CONSTRAINT taskcache_entry_key");
    }
    assertFault(database, KEY + "is missing");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aConstraintOnOtherColumns(TestDatabase database) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    if (database.database() == Database.SQLITE) {
      database.execute(
          "DROP TABLE taskcache_entry",
          "CREATE TABLE taskcache_entry (key BLOB, namespace TEXT, PRIMARY KEY (namespace, key))");
    } else {
      replaceConstraint(database, "PRIMARY KEY (namespace, key)");
    }
    assertFault(database, KEY + "is on (namespace, key)");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aConstraintThatIsAnother(TestDatabase database) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    replaceConstraint(database, "CHECK (key <> '' AND namespace <> '')");
    assertFault(database, KEY + "is not unique");
    replaceConstraint(database, "PRIMARY KEY (key, namespace) DEFERRABLE");
    assertFault(database, KEY + "is deferrable, which ON CONFLICT cannot use");
    replaceConstraint(database, "UNIQUE (key, namespace)");
    assertThatCode(JdbcSchema.of(database.dataSource())::validate).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aConstraintWhoseIndexIsNotValid(TestDatabase database) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    // As an index is after CREATE INDEX CONCURRENTLY failed, or a disk.
    database.execute(
        "UPDATE pg_index SET indisvalid = false"
            + " WHERE indexrelid = 'taskcache_entry_key'::regclass");
    assertFault(database, KEY + "has an index that is not valid");
  }

  @Test
  void noSchemasInSqlite() {
    try (TestDatabase database = TestDatabase.sqlite()) {
      JdbcSchema schema = JdbcSchema.of(database.dataSource()).in("cache");
      assertThatThrownBy(schema::validate)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "SQLite has no schemas, so none can be named cache: give another prefix, or another"
                  + " file");
      assertThatThrownBy(schema::migrate).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> schema.ddl(Database.SQLITE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#killable")
  void noServer(TestDatabase database) {
    JdbcSchema schema = JdbcSchema.of(database.dataSource());
    schema.migrate();
    database.kill();
    assertThatThrownBy(schema::validate)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("cannot check the schema: ")
        .hasMessageContaining("refused");
    assertThatThrownBy(schema::migrate)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("cannot migrate taskcache_entry: ")
        .hasMessageContaining("refused");
  }

  private static void replaceConstraint(TestDatabase database, String by) throws Exception {
    database.execute(
        "ALTER TABLE taskcache_entry DROP CONSTRAINT taskcache_entry_key",
        "ALTER TABLE taskcache_entry ADD CONSTRAINT taskcache_entry_key " + by);
  }

  private static void assertFault(TestDatabase database, String message) {
    assertThatThrownBy(JdbcSchema.of(database.dataSource())::validate)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(message);
  }

  private static String tables(TestDatabase database) throws Exception {
    return database
        .query(
            database.database() == Database.SQLITE
                ? "SELECT count(*) FROM sqlite_master"
                : "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace")
        .get(0);
  }
}

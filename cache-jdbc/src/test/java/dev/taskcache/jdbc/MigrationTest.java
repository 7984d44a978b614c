package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link JdbcSchema#migrate}, wherever and by however many it is called. */
class MigrationTest {
  static final Migrations LATER =
      new Migrations(
          Stream.concat(Migrations.OURS.files().stream(), Stream.of("later/%s/V1.9__note.sql"))
              .toList());

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void anEmptySchema(TestDatabase database) {
    JdbcSchema schema = JdbcSchema.of(database.dataSource());

    assertThat(schema.migrate()).isEqualTo(Migrations.OURS.files().size());
    assertThatCode(schema::validate).doesNotThrowAnyException();
    assertThat(schema.migrate()).as("the second time").isZero();
    assertThatCode(schema::validate).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void amongAHostsTables(TestDatabase database) throws Exception {
    database.execute(
        "CREATE TABLE entry (x integer)",
        "CREATE TABLE flyway_schema_history (x integer)",
        "INSERT INTO flyway_schema_history VALUES (7)");
    JdbcSchema schema = JdbcSchema.of(database.dataSource());

    assertThat(schema.migrate()).isEqualTo(Migrations.OURS.files().size());
    assertThatCode(schema::validate).doesNotThrowAnyException();
    assertThat(schema.migrate()).isZero();
    assertThat(database.query("SELECT x FROM flyway_schema_history")).containsExactly("7");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void twoPrefixesAreTwoStores(TestDatabase database) throws Exception {
    JdbcSchema first = JdbcSchema.of(database.dataSource());
    JdbcSchema second = first.prefix("b_");
    first.migrate();
    assertThatThrownBy(second::validate).hasMessageContaining("b_schema");

    assertThat(second.migrate()).isEqualTo(Migrations.OURS.files().size());
    database.execute("DROP TABLE taskcache_entry");
    assertThatCode(second::validate).doesNotThrowAnyException();
    assertThatThrownBy(first::validate).hasMessageContaining("taskcache_entry is missing");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void aNamedSchemaIsMade(TestPostgres database) throws Exception {
    String name = database.schema() + "_b";
    JdbcSchema schema = JdbcSchema.of(database.dataSource()).in(name);
    try {
      assertThat(schema.migrate()).isEqualTo(Migrations.OURS.files().size());
      assertThatCode(schema::validate).doesNotThrowAnyException();
      assertThat(database.query("SELECT major FROM " + name + ".taskcache_schema"))
          .containsExactly("1");
      assertThatThrownBy(JdbcSchema.of(database.dataSource())::validate)
          .hasMessageContaining("not migrated");
    } finally {
      database.execute("DROP SCHEMA " + name + " CASCADE");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void manyThreadsAtOnce(TestDatabase database) throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> runs = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      runs.add(
          executor.submit(
              () -> {
                start.await();
                return JdbcSchema.of(database.dataSource()).migrate();
              }));
    }
    executor.shutdown();

    int sum = 0;
    for (Future<Integer> each : runs) {
      sum += each.get();
    }
    assertThat(sum).as("migrations run by all of them").isEqualTo(Migrations.OURS.files().size());
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void twoProcessesAtOnce(TestDatabase database) throws Exception {
    assertThat(migrateInProcesses(database.url())).isEqualTo(Migrations.OURS.files().size());
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void twoProcessesAtOnceAmongAHostsTables(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE host (x integer)");
    assertThat(migrateInProcesses(database.url())).isEqualTo(Migrations.OURS.files().size());
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#postgresql")
  void twoProcessesAtOnceThatMakeTheSchemaToo(TestPostgres database) throws Exception {
    String name = database.schema() + "_b";
    try {
      assertThat(migrateInProcesses(database.url(), name))
          .isEqualTo(Migrations.OURS.files().size());
    } finally {
      database.execute("DROP SCHEMA " + name + " CASCADE");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aLaterMinorIsAdded(TestDatabase database) throws Exception {
    JdbcSchema old = JdbcSchema.of(database.dataSource());
    old.migrate();
    JdbcSchema later = later(database);
    assertThatThrownBy(later::validate)
        .hasMessageContaining("version " + Migrations.OURS.newest())
        .hasMessageContaining("needs 1.9");

    assertThat(later.migrate()).isEqualTo(1);
    assertThat(later.migrate()).isZero();
    assertThatCode(later::validate).doesNotThrowAnyException();
    assertThat(database.query("SELECT note FROM taskcache_entry")).isEmpty();

    assertThatCode(old::validate).as("old code on it").doesNotThrowAnyException();
    assertThat(old.migrate()).as("old code on it").isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aLaterMinorIsAddedToWhatPeopleMade(TestDatabase database) throws Exception {
    JdbcSchema old = JdbcSchema.of(database.dataSource());
    database.script(old.ddl(database.database()));

    assertThat(later(database).migrate()).isEqualTo(1);
    assertThatCode(later(database)::validate).doesNotThrowAnyException();
    assertThat(later(database).migrate()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aNewerMajorIsLeftAlone(TestDatabase database) throws Exception {
    JdbcSchema schema = JdbcSchema.of(database.dataSource());
    schema.migrate();
    database.execute("UPDATE taskcache_schema SET major = 2, minor = 0");

    assertThatThrownBy(schema::migrate)
        .isInstanceOf(SchemaException.class)
        .hasMessage(
            "taskcache_schema says version 2.0, and this code knows 1.x only: use a newer"
                + " Taskcache, or another schema or prefix");
    assertThat(database.query("SELECT major FROM taskcache_schema")).containsExactly("2");
  }

  private static JdbcSchema later(TestDatabase database) {
    return new JdbcSchema(
        database.dataSource(), new TableName(null, TableName.DEFAULT_PREFIX), LATER);
  }

  /** How many migrations two ran that were started together. */
  private static int migrateInProcesses(String... arguments) throws Exception {
    List<ChildJvm> all = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        all.add(new ChildJvm(MigrateMain.class, arguments));
      }
      for (ChildJvm each : all) {
        assertThat(each.line()).isEqualTo("ready");
      }
      for (ChildJvm each : all) {
        each.tell("go");
      }
      return all.stream().flatMap(each -> each.rest().stream()).mapToInt(Integer::parseInt).sum();
    } finally {
      all.forEach(ChildJvm::close);
    }
  }
}

package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.jdbc.PostgresForCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real server. */
@Timeout(300)
class PostgresCommandsTest {
  @TempDir private Path dir;
  private PostgresForCommands database;

  @BeforeEach
  void open() {
    database = new PostgresForCommands();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Cli at(String url, Object... args) {
    Object[] words = new Object[args.length + 2];
    System.arraycopy(args, 0, words, 0, args.length);
    words[args.length] = "--store";
    words[args.length + 1] = url;
    return Cli.at(dir, words);
  }

  private Cli on(Object... args) {
    return at(database.url(), args);
  }

  private Path pipeline() throws IOException {
    Ir ir = new Ir();
    ir.task("write")
        .writesArtifact("data")
        .arg("{{$.outputs.artifacts['data'].path}}")
        .sh("echo 1 > \"$1\"");
    ir.task("read")
        .reads("data", "write")
        .arg("{{$.inputs.artifacts['data'].path}}")
        .sh("test -s \"$1\"");
    return Files.writeString(dir.resolve("p.json"), ir.text());
  }

  @Test
  void aServersTablesAreMadeByMigrateAndByNothingElse() throws Exception {
    for (Object[] each :
        List.<Object[]>of(
            new Object[] {"run", pipeline()},
            new Object[] {"plan", pipeline()},
            new Object[] {"purge"})) {
      Cli refused = on(each);
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(refused.err())
          .contains(
              "taskcache_schema: the database was not migrated", "`taskcache migrate --store ...`");
    }
    assertThat(database.query("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"))
        .containsExactly("0");

    assertThat(on("migrate").out()).matches("(?s).*: [1-9]\\d* migrations? run\n");
    assertThat(on("migrate").out()).endsWith(": up to date, nothing to do\n");
    assertThat(Cli.object(on("migrate", "--json").out())).containsEntry("migrations", 0);
    assertThat(on("run", pipeline()).out()).contains("2 tasks: 2 misses");
    assertThat(on("run", pipeline()).out()).contains("2 tasks: 2 hits");
    assertThat(on("plan", pipeline()).out()).contains("2 tasks: 2 hits");
    assertThat(dir.resolve(".cache/taskcache/artifacts/sha256")).isDirectory();
    assertThat(dir.resolve(".cache/taskcache/taskcache.db")).doesNotExist();

    Path elsewhere = dir.resolve("elsewhere");
    assertThat(
            on("invalidate", "--namespace", "default", "--component", "write", "--by", "me").code())
        .isZero();
    assertThat(on("run", pipeline(), "--artifacts", elsewhere).code()).isZero();
  }

  @Test
  void theDoctorSaysWhatIsThere() throws Exception {
    on("migrate");
    on("run", pipeline());
    Cli answer = on("doctor", "--json");
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEmpty();
    Map<String, Object> found = Cli.object(answer.out());
    assertThat(found)
        .containsEntry("reachable", true)
        .containsEntry("role", "writer")
        .containsEntry("rows", 2)
        .containsEntry("keys", 2)
        .containsEntry("duplicates", 0)
        .containsEntry("entries", 2)
        .containsEntry("leased", 0)
        .containsEntry("dead", 0)
        .containsEntry("problems", List.of());
    assertThat(found.get("database")).asString().startsWith("PostgreSQL ");
    assertThat(found.get("schema")).asString().matches("\\d+\\.\\d+");
    assertThat(found.get("clockAheadMillis")).isInstanceOf(Integer.class);
    assertThat(on("doctor").out()).contains("PostgreSQL ", "writer", "No problem.");
  }

  @Test
  void theDoctorFindsAConstraintThatIsGoneAndWhatThatLetIn() throws Exception {
    on("migrate");
    on("run", pipeline());
    database.execute("ALTER TABLE taskcache_entry DROP CONSTRAINT taskcache_entry_key");
    Cli gone = on("doctor");
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.out()).containsPattern("PROBLEM: .*taskcache_entry_key");
    database.execute("INSERT INTO taskcache_entry SELECT * FROM taskcache_entry");
    Map<String, Object> twice = Cli.object(on("doctor", "--json").out());
    assertThat(twice)
        .containsEntry("rows", 4)
        .containsEntry("keys", 2)
        .containsEntry("duplicates", 2);
    assertThat(twice.get("problems")).asString().contains("2 rows beyond the first of their key");
    assertThat(on("doctor", "--json").code()).isEqualTo(1);
  }

  @Test
  void theDoctorSaysThatATableIsMissing() {
    Cli answer = on("doctor", "--json");
    assertThat(answer.code()).isEqualTo(1);
    Map<String, Object> found = Cli.object(answer.out());
    assertThat(found)
        .containsEntry("reachable", true)
        .containsEntry("schema", null)
        .containsEntry("rows", null);
    assertThat(found.get("problems"))
        .asString()
        .contains("taskcache_schema: the database was not migrated");
    assertThat(on("doctor").out())
        .contains("not known", "PROBLEM: no version in a table taskcache_schema");
  }

  @Test
  void theDoctorSaysThatNobodyAnswersAndHidesThePassword() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/x?user=me&password=s3cret";
    List<Object[]> commands =
        List.of(
            new Object[] {"doctor"},
            new Object[] {"doctor", "--json"},
            new Object[] {"migrate"},
            new Object[] {"run", pipeline()},
            new Object[] {"purge"});
    // Each takes as long as a connection is waited for, so all at once.
    List<Cli> answers = commands.parallelStream().map(command -> at(url, command)).toList();
    assertThat(answers.stream().map(Cli::code)).containsExactly(1, 1, 2, 2, 2);
    assertThat(answers.get(0).out()).contains("password=***", "PROBLEM: not reachable: ");
    for (Cli each : answers) {
      assertThat(each.out() + each.err()).contains("refused").doesNotContain("s3cret");
    }
  }

  @Test
  void whatIsPrintedForPeopleToRunIsWhatMigrateDoes() throws Exception {
    database.execute(Cli.run("schema", "ddl", "--dialect", "postgresql").out());
    assertThat(on("doctor").code()).isZero();
    assertThat(on("migrate").out()).contains("nothing to do");
    for (String role : List.of("w", "r", "m")) {
      database.execute("CREATE ROLE " + role(role));
    }
    try {
      Cli roles =
          Cli.run(
              "schema",
              "roles",
              "--dialect",
              "postgresql",
              "--schema",
              database.schema(),
              "--writer",
              role("w"),
              "--reader",
              role("r"),
              "--migrator",
              role("m"));
      database.execute(roles.out());
      assertThat(role(at(database.url(role("w")), "doctor", "--json"))).isEqualTo("writer");
      assertThat(role(at(database.url(role("r")), "doctor", "--json"))).isEqualTo("reader");
      assertThat(at(database.url(role("r")), "plan", pipeline()).code()).isZero();
      assertThat(at(database.url(role("w")), "run", pipeline()).out()).contains("2 misses");
    } finally {
      for (String role : List.of("w", "r", "m")) {
        database.execute("DROP OWNED BY " + role(role) + " CASCADE", "DROP ROLE " + role(role));
      }
    }
  }

  private String role(String name) {
    return database.schema() + "_" + name;
  }

  private static Object role(Cli answer) {
    return Cli.object(answer.out()).get("role");
  }

  @Test
  void tablesMayHaveOtherNames() throws Exception {
    Object[] names = {"--schema", database.schema(), "--prefix", "mine_"};
    assertThat(on("migrate", names[0], names[1], names[2], names[3]).code()).isZero();
    assertThat(database.query("SELECT count(*) FROM mine_entry")).containsExactly("0");
    assertThat(on("run", pipeline(), names[0], names[1], names[2], names[3]).code()).isZero();
    assertThat(database.query("SELECT count(*) FROM mine_entry")).containsExactly("2");
    assertThat(on("run", pipeline()).code()).isEqualTo(2);
    assertThat(on("purge", "--prefix", "Not So").err()).contains("prefix \"Not So\" cannot be");
  }
}

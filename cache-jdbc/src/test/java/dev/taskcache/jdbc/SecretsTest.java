package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A secret counts by name and version. Its value is searched for in all that a process prints and
 * logs while it uses it ({@link SecretsMain}), and in every column of every row that it leaves.
 */
class SecretsTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";

  private final String value = "hunter2-" + UUID.randomUUID().toString().substring(0, 8);

  /** What the process printed, and then what is in the table. */
  private List<String> told(TestDatabase database, String how) throws Exception {
    JdbcSchema.of(database.dataSource()).migrate();
    List<String> told;
    try (ChildJvm child =
        new ChildJvm(
            environment -> {
              environment.put(SecretsMain.VARIABLE, value);
              environment.put("JDK_JAVA_OPTIONS", PrintingLog.OPTION);
            },
            SecretsMain.class,
            database.url(),
            how)) {
      told = new ArrayList<>(child.rest());
    }
    told.addAll(rows(database));
    return told;
  }

  private static List<String> rows(TestDatabase database) throws SQLException {
    List<String> cells = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM taskcache_entry")) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          Object cell = rows.getObject(i);
          String text = cell instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : "" + cell;
          cells.add("ROW " + rows.getMetaData().getColumnName(i) + " " + text);
        }
      }
    }
    return cells;
  }

  /** The value, and what somebody could guess it from. */
  private List<String> forms() throws Exception {
    byte[] bytes = value.getBytes(UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return List.of(
        value,
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(digest),
        new String(digest, ISO_8859_1));
  }

  private static List<String> with(String mark, List<String> told) {
    return told.stream().filter(line -> line.startsWith(mark + " ")).toList();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void itsValueIsNowhere(TestDatabase database) throws Exception {
    List<String> told = told(database, "secret");

    for (String form : forms()) {
      assertThat(told).as("all that was told").noneMatch(line -> line.contains(form));
    }
    // All of it was there to be searched.
    for (String mark :
        List.of("LOG", "EVENT", "OUTCOME", "DECISION", "EXPLANATION", "JSON", "TOKEN", "KEY")) {
      assertThat(with(mark, told)).as(mark).isNotEmpty();
    }
    assertThat(with("LOG", told))
        .anyMatch(line -> line.contains("decision=miss") && line.contains("task=load"));
    assertThat(with("FAILED", told)).containsExactly("FAILED as the task did");
    assertThat(with("REFUSED", told)).hasSize(3).noneMatch(line -> line.contains("REFUSED not"));
    assertThat(with("ROW parts", told)).hasSize(5);
    assertThat(with("ROW payload", told)).anyMatch(line -> line.contains("{\"rows\":16}"));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void itCountsByNameAndVersion(TestDatabase database) throws Exception {
    List<String> told = told(database, "secret");

    assertThat(with("DIFF", told).get(0)).contains("password").contains("login.password");
    assertThat(with("DECISION", told)).anyMatch(line -> line.contains("INPUT_CHANGED"));
  }

  /** Of what is no secret the value is kept, where the cache is told to: the search finds it. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aValueThatIsNoSecretIsFoundByThisSearch(TestDatabase database) throws Exception {
    List<String> told = told(database, "plain");

    // Logs have no values at all.
    assertThat(with("LOG", told)).isNotEmpty().noneMatch(line -> line.contains(value));
    for (String mark : List.of("EVENT", "DECISION", "JSON", "TOKEN", "KEY", "ROW parts")) {
      assertThat(with(mark, told)).as(mark).anyMatch(line -> line.contains(value));
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestDatabaseTest {
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void isEmptyAndAloneThere(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE here (x integer)", "INSERT INTO here VALUES (1)");
    assertThat(database.query("SELECT x FROM here")).containsExactly("1");

    try (TestDatabase other = another(database)) {
      assertThatThrownBy(() -> other.query("SELECT x FROM here")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void nothingIsLeftOfIt() throws Exception {
    TestDatabase sqlite = TestDatabase.sqlite();
    sqlite.execute("CREATE TABLE here (x integer)");
    Path file = Path.of(sqlite.url().substring("jdbc:sqlite:".length()));
    assertThat(file).exists();
    sqlite.close();
    assertThat(Files.exists(file.getParent())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#killable")
  void whatWasCommittedIsThereAfterTheServerWasKilled(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE here (x integer)", "INSERT INTO here VALUES (1)");
    try (Connection open = database.dataSource().getConnection();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("INSERT INTO here VALUES (2)");
      database.kill();
      assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> database.query("SELECT 1")).hasMessageContaining("refused");

    database.restart();
    assertThat(database.query("SELECT x FROM here")).containsExactly("1");
    assertThat(database.query("SHOW fsync")).containsExactly("on");
  }

  @Test
  void theLocalOnesAreAnOldAndANewMajor() {
    List<Integer> majors =
        TestDatabase.killable()
            .map(
                database -> {
                  try (database) {
                    return Integer.valueOf(
                        database.query("SHOW server_version_num").get(0).substring(0, 2));
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .toList();
    assertThat(majors).hasSize(2).isSorted().doesNotHaveDuplicates();
    assertThat(majors.get(0)).isIn(13, 14);
  }

  private static TestDatabase another(TestDatabase database) {
    return TestDatabase.all()
        .filter(
            each -> {
              boolean same = each.toString().equals(database.toString());
              if (!same) {
                each.close();
              }
              return same;
            })
        .findFirst()
        .orElseThrow();
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
  private static final String LONGEST = "a".repeat(40);

  @Test
  void names() {
    TableName plain = new TableName(null, "taskcache_");
    assertThat(plain.entry()).isEqualTo("taskcache_entry");
    assertThat(plain.versions()).isEqualTo("taskcache_schema");
    assertThat(plain.history()).isEqualTo("taskcache_schema_history");
    assertThat(plain.constraint()).isEqualTo("taskcache_entry_key");

    TableName there = new TableName("user", "tc_");
    assertThat(there.entry()).isEqualTo("\"user\".tc_entry");
    assertThat(there.versions()).isEqualTo("\"user\".tc_schema");
    assertThat(there.history()).as("Flyway knows the schema").isEqualTo("tc_schema_history");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a-b", "a b", "a.b", "a\"", "a;", "ä", "a\n", "a${table}"})
  void whatCannotStandInSqlIsRefused(String name) {
    assertThatThrownBy(() -> new TableName(null, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("prefix \"" + name + "\"")
        .hasMessageContaining("at most 40 lower-case letters, digits and underscores");
    assertThatThrownBy(() -> new TableName(name, "a_"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schema \"" + name + "\"");
  }

  @Test
  void fortyCharactersAreEnough() {
    assertThatCode(() -> new TableName(LONGEST, LONGEST)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new TableName(null, LONGEST + "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void channelsAreShortAndTheirOwn() {
    List<TableName> names =
        Stream.of(null, "a", "b", "a_b", LONGEST, LONGEST.substring(1) + "b")
            .flatMap(
                schema ->
                    Stream.of("a", "a_", "b_a", LONGEST)
                        .map(prefix -> new TableName(schema, prefix)))
            .toList();
    Set<String> channels = names.stream().map(TableName::channel).collect(Collectors.toSet());
    assertThat(channels).hasSameSizeAs(names);
    assertThat(channels)
        .allMatch(each -> each.getBytes(StandardCharsets.UTF_8).length <= 63)
        .allMatch(each -> each.matches("[a-z_][a-z0-9_]*"));
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void theLongestNamesFit(TestDatabase database) throws Exception {
    JdbcSchema schema = JdbcSchema.of(database.dataSource()).prefix(LONGEST);
    assertThat(schema.migrate()).isEqualTo(Migrations.OURS.files().size());
    assertThatCode(schema::validate).doesNotThrowAnyException();
    // PostgreSQL cuts names of more than 63 bytes, and two could become one.
    JdbcSchema other = JdbcSchema.of(database.dataSource()).prefix(LONGEST.substring(1) + "b");
    assertThat(other.migrate()).isEqualTo(Migrations.OURS.files().size());
    assertThatCode(other::validate).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#killable")
  void aSchemaMayHaveAWordOfSqlForItsName(TestPostgres database) throws Exception {
    JdbcSchema schema = JdbcSchema.of(database.dataSource()).in("user");
    try {
      assertThat(schema.migrate()).isEqualTo(Migrations.OURS.files().size());
      assertThatCode(schema::validate).doesNotThrowAnyException();
    } finally {
      database.execute("DROP SCHEMA \"user\" CASCADE");
    }
  }
}

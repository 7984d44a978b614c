package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresServerTest {
  /** As root there are two ways, of which other tests use one. */
  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.Unprivileged#possible")
  void startsInEveryWayThereIs(Unprivileged as) throws Exception {
    PostgresServer server = new PostgresServer("newest", as);
    try (Connection connection = TestDatabase.dataSource(server.url()).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      assertThat(row.getString(1)).startsWith(as.base().toString());
    } finally {
      server.kill();
    }
    assertThat(server.isAlive()).isFalse();
  }
}

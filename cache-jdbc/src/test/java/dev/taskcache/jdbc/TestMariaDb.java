package dev.taskcache.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.mariadb.MariaDBContainer;

/**
 * An empty database of MariaDB, for reading from. The server, which all tests of the JVM share, is
 * found as {@link ServerSource} says, with a URL in {@code TASKCACHE_TEST_MARIADB_URL}; as Maven
 * has no programs of MariaDB, they have to be installed, or the test is skipped.
 */
final class TestMariaDb implements AutoCloseable {
  static final String VARIABLE = "TASKCACHE_TEST_MARIADB_URL";

  private static final Supplier<String> SERVER = Suppliers.memoize(TestMariaDb::server);

  private final String name =
      "test_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  TestMariaDb() throws SQLException {
    execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
  }

  private static String server() {
    return switch (ServerSource.choose(System.getenv(VARIABLE), Docker::answers)) {
      case URL -> System.getenv(VARIABLE);
      case DOCKER -> container();
      case BINARIES -> local();
    };
  }

  private static String container() {
    @SuppressWarnings("resource") // ends with the JVM
    MariaDBContainer container = new MariaDBContainer("mariadb:11.8").withUsername("root");
    container.start();
    return "jdbc:mariadb://%s:%d/?user=root&password=%s"
        .formatted(container.getHost(), container.getFirstMappedPort(), container.getPassword());
  }

  private static String local() {
    assumeTrue(
        MariaDbServer.isInstalled(),
        "MariaDB is not installed (Debian: apt-get install mariadb-server-core"
            + " mariadb-client-core), Docker does not answer, and "
            + VARIABLE
            + " is not set");
    try {
      return new MariaDbServer().url();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(SERVER.get());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Leads to the empty database. */
  String url() {
    return SERVER.get().replaceFirst("(//[^/]*/)[^?]*", "$1" + name);
  }

  @Override
  public void close() throws SQLException {
    execute("DROP DATABASE " + name);
  }
}

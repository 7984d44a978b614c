package dev.taskcache.jdbc;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL for tests, started when it is first asked for and shared by all tests of the JVM.
 *
 * @param url where a client finds it, as a user who may do everything
 * @param local the server itself if it can be killed; it is the JVM's own
 */
record TestServer(String url, Optional<PostgresServer> local) {
  /** The oldest and the newest major, in that order, from Maven whatever else there may be. */
  static final List<Supplier<TestServer>> LOCAL =
      Stream.of("oldest", "newest")
          .<Supplier<TestServer>>map(release -> Suppliers.memoize(() -> local(release)))
          .toList();

  private static final String MAJORS = "TASKCACHE_TEST_POSTGRES";

  private static final Supplier<List<Supplier<TestServer>>> ALL =
      Suppliers.memoize(TestServer::find);

  /** What all tests run on. */
  static List<Supplier<TestServer>> all() {
    return ALL.get();
  }

  private static List<Supplier<TestServer>> find() {
    return switch (ServerSource.ofThisJvm()) {
      case URL ->
          List.of(() -> new TestServer(System.getenv(ServerSource.VARIABLE), Optional.empty()));
      case DOCKER ->
          majors()
              .<Supplier<TestServer>>map(each -> Suppliers.memoize(() -> container(each)))
              .toList();
      case BINARIES -> {
        if (System.getenv(MAJORS) != null) {
          throw new IllegalStateException(MAJORS + " is set, and Docker does not answer");
        }
        yield LOCAL;
      }
    };
  }

  /** One of them, as in {@code TASKCACHE_TEST_POSTGRES=15}, or the oldest and the newest. */
  private static Stream<String> majors() {
    String majors = System.getenv(MAJORS);
    return majors == null ? Stream.of("13", "18") : Stream.of(majors.split(","));
  }

  private static TestServer container(String major) {
    @SuppressWarnings("resource") // ends with the JVM
    PostgreSQLContainer container =
        new PostgreSQLContainer("postgres:" + major)
            .withCommand("postgres", "-c", "max_connections=300");
    container.start();
    return new TestServer(
        container.getJdbcUrl()
            + "&user="
            + container.getUsername()
            + "&password="
            + container.getPassword(),
        Optional.empty());
  }

  private static TestServer local(String release) {
    try {
      PostgresServer server = new PostgresServer(release, Unprivileged.possible().get(0));
      return new TestServer(server.url(), Optional.of(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

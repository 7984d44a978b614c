package dev.taskcache.jdbc.testing;

import dev.taskcache.jdbc.JdbcStore;
import dev.taskcache.store.CacheStore;
import dev.taskcache.testing.SharedStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A {@link JdbcStore} for tests, which {@code TaskCacheExtension.on} takes: any number of tests,
 * also at once, in one database. Its tables are those of a store with the usual names; they are
 * made if they are not there. Thread-safe.
 */
public final class JdbcTestStore implements SharedStore, AutoCloseable {
  private static final List<String> TIMES =
      List.of("lease_until", "created_at", "expires_at", "last_used", "invalidated_at");
  private static final String ELAPSE =
      TIMES.stream()
          .map(time -> time + " = " + time + " - ?")
          .collect(
              Collectors.joining(
                  ", ", "UPDATE taskcache_entry SET ", " WHERE substr(namespace, 1, ?) = ?"));
  private static final String CLEAR =
      "DELETE FROM taskcache_entry WHERE substr(namespace, 1, ?) = ?";

  private final JdbcStore store;
  private final Connections connections;

  private interface Connections {
    Connection open() throws SQLException;
  }

  private JdbcTestStore(JdbcStore store, Connections connections) {
    this.store = store;
    this.connections = connections;
    store.schema().migrate();
  }

  /**
   * A store in a database of the caller's.
   *
   * @param dataSource gives connections in auto-commit mode to a database for tests; the caller
   *     closes it, after the store
   * @return the store, with its tables
   * @throws RuntimeException if the database does not answer, or its tables are of another version
   */
  public static JdbcTestStore on(DataSource dataSource) {
    return new JdbcTestStore(JdbcStore.builder(dataSource).build(), dataSource::getConnection);
  }

  /**
   * A store at a URL.
   *
   * @param url as {@link JdbcStore#builder(String)} takes it; of a database for tests
   * @return the store, with its tables; it closes what it opened
   * @throws RuntimeException if the database does not answer, or its tables are of another version
   */
  public static JdbcTestStore at(String url) {
    return new JdbcTestStore(
        JdbcStore.builder(url).build(), () -> DriverManager.getConnection(url));
  }

  @Override
  public CacheStore store() {
    return store;
  }

  @Override
  public void elapse(String namespaces, Duration step) {
    execute(
        ELAPSE,
        statement -> {
          for (int i = 1; i <= TIMES.size(); i++) {
            statement.setLong(i, step.toNanos() / 1_000);
          }
          bind(statement, TIMES.size(), namespaces);
        });
  }

  @Override
  public void clear(String namespaces) {
    execute(CLEAR, statement -> bind(statement, 0, namespaces));
  }

  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private static void bind(PreparedStatement statement, int before, String namespaces)
      throws SQLException {
    statement.setInt(before + 1, namespaces.length());
    statement.setString(before + 2, namespaces);
  }

  private void execute(String sql, Binder binder) {
    try (Connection connection = connections.open();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(statement);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the test's rows cannot be changed: " + sql, e);
    }
  }

  /** Closes the store; a data source stays the caller's. */
  @Override
  public void close() {
    store.close();
  }
}

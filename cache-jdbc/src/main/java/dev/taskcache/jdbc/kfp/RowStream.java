package dev.taskcache.jdbc.kfp;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection that gives the rows of a query as they are read, not all at once, for as long as
 * this is open.
 *
 * @param connection the connection, inside a transaction
 * @param fetchSize what its statements are told
 */
record RowStream(
    Connection connection, int fetchSize, boolean autoCommit, @Nullable String writeTimeout)
    implements AutoCloseable {
  private static final int PAGE = 1_000;

  private static final Set<String> MYSQL = Set.of("MySQL", "MariaDB");

  private static final String WRITE_TIMEOUT = "net_write_timeout";

  /**
   * How long a server of MySQL may wait until more rows are taken, in seconds: its minute is short
   * where a thousand rows go into a slow store first.
   */
  private static final int PATIENCE = 3_600;

  static RowStream of(Connection connection) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    // MySQL's own driver streams with this size and no other.
    boolean rowByRow = about.getDriverName().startsWith("MySQL Connector/J");
    boolean autoCommit = connection.getAutoCommit();
    String writeTimeout = null;
    if (MYSQL.contains(about.getDatabaseProductName())) {
      writeTimeout = variable(connection, WRITE_TIMEOUT);
      set(connection, WRITE_TIMEOUT, String.valueOf(PATIENCE));
    }
    // PostgreSQL gives all rows at once outside of a transaction.
    connection.setAutoCommit(false);
    return new RowStream(connection, rowByRow ? Integer.MIN_VALUE : PAGE, autoCommit, writeTimeout);
  }

  private static String variable(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("SELECT @@SESSION." + name)) {
      value.next();
      return value.getString(1);
    }
  }

  private static void set(Connection connection, String name, String value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION " + name + " = " + value);
    }
  }

  /** Leaves the connection as it was, for the pool that it may go back to. */
  @Override
  public void close() throws SQLException {
    connection.rollback();
    if (writeTimeout != null) {
      set(connection, WRITE_TIMEOUT, writeTimeout);
    }
    connection.setAutoCommit(autoCommit);
  }
}

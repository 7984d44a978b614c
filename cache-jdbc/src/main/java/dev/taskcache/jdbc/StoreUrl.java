package dev.taskcache.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * Where a store is, for who has no data source. Passwords may be in it, so nothing shows it.
 *
 * @param text a URL of JDBC's
 */
record StoreUrl(String text) {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final long SHORTEST_PATIENCE_MILLIS = 250; // HikariCP's
  private static final long LONGEST_TEST_MILLIS = 5_000;

  StoreUrl {
    if (!text.startsWith(SQLITE) && !text.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "no store at \""
              + shown(text)
              + "\"; give jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE, or a data source");
    } else if (text.startsWith(POSTGRESQL) && !isUnderstood(text)) {
      throw new IllegalArgumentException(
          "PostgreSQL's driver does not understand \""
              + shown(text)
              + "\"; give jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=PASSWORD");
    }
  }

  /** What can be printed of a URL: nothing that may be a password, whatever its form. */
  private static String shown(String url) {
    if (url.indexOf('@') >= 0) {
      return url.substring(0, url.indexOf(':') + 1) + "…";
    }
    String plain = url.split("[?;]", 2)[0];
    return plain.equals(url) ? url : plain + "?…";
  }

  private static boolean isUnderstood(String url) {
    // A user and a password before the host: the driver would take the host for a port, and log it.
    if (url.split("\\?", 2)[0].indexOf('@') >= 0) {
      return false;
    }
    try {
      return Driver.parseURL(url, new Properties()) != null;
    } catch (NoClassDefFoundError e) {
      return true; // There is no driver, which is said when it is needed.
    }
  }

  /** Opens what has to be closed if it is {@link AutoCloseable}. */
  DataSource open(Duration deadline) {
    return text.startsWith(SQLITE) ? sqlite() : pool(deadline);
  }

  private DataSource sqlite() {
    try {
      return new File(text);
    } catch (NoClassDefFoundError e) {
      throw missing("org.xerial:sqlite-jdbc", e);
    }
  }

  /** SQLite's driver does not say which file it could not open. */
  private static final class File extends SQLiteDataSource {
    File(String url) {
      setUrl(url);
    }

    @Override
    public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
        throws SQLException {
      try {
        return super.getConnection(user, password);
      } catch (SQLException e) {
        throw new SQLException(
            "cannot open " + getUrl() + ": " + e.getMessage(),
            e.getSQLState(),
            e.getErrorCode(),
            e);
      }
    }
  }

  private DataSource pool(Duration deadline) {
    try {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(text);
      config.setPoolName("taskcache");
      // The database may be down: the first call says so, and every later one tries again.
      config.setInitializationFailTimeout(-1);
      config.setMinimumIdle(0);
      // Where HikariCP has to ask for it, and the server dies just then, it never connects again.
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
      // A call that gets no connection ends within the deadline, too.
      long patience = Math.max(SHORTEST_PATIENCE_MILLIS, deadline.toMillis());
      config.setConnectionTimeout(patience);
      config.setValidationTimeout(Math.min(LONGEST_TEST_MILLIS, patience));
      return new HikariDataSource(config);
    } catch (NoClassDefFoundError e) {
      throw missing("com.zaxxer:HikariCP and org.postgresql:postgresql", e);
    }
  }

  private static IllegalStateException missing(String artifacts, Throwable cause) {
    return new IllegalStateException(
        "a store from a URL alone needs " + artifacts + " among the jars; add it", cause);
  }

  @Override
  public String toString() {
    return shown(text);
  }
}

package dev.taskcache.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.regex.Pattern;
import org.sqlite.SQLiteDataSource;

/** Data sources from a URL alone. */
final class StoreUrl {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&]*");

  private StoreUrl() {}

  static JdbcStoreBuilder builder(String url) {
    if (url.startsWith(SQLITE)) {
      return new JdbcStoreBuilder(sqlite(url), null);
    } else if (url.startsWith(POSTGRESQL)) {
      HikariDataSource pool = pool(url);
      return new JdbcStoreBuilder(pool, pool);
    }
    throw new IllegalArgumentException(
        "no store at \""
            + PASSWORD.matcher(url).replaceAll("$1***")
            + "\"; give jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE, or a data source");
  }

  private static SQLiteDataSource sqlite(String url) {
    try {
      SQLiteDataSource file = new SQLiteDataSource();
      file.setUrl(url);
      return file;
    } catch (NoClassDefFoundError e) {
      throw missing("org.xerial:sqlite-jdbc", e);
    }
  }

  private static HikariDataSource pool(String url) {
    try {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setPoolName("taskcache");
      // The database may be down: the first call says so, and every later one tries again.
      config.setInitializationFailTimeout(-1);
      config.setMinimumIdle(0);
      // Also for who migrates and checks, which no executor bounds.
      config.setConnectionTimeout(JdbcStoreBuilder.DEFAULT_DEADLINE.toMillis());
      return new HikariDataSource(config);
    } catch (NoClassDefFoundError e) {
      throw missing("com.zaxxer:HikariCP and org.postgresql:postgresql", e);
    }
  }

  private static IllegalStateException missing(String artifacts, Throwable cause) {
    return new IllegalStateException(
        "a store from a URL alone needs " + artifacts + " among the jars; add it", cause);
  }
}

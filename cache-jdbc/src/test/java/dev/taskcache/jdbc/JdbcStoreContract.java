package dev.taskcache.jdbc;

import dev.taskcache.store.CacheStore;
import dev.taskcache.testing.StoreContract;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** What every store must do, on a database. */
abstract class JdbcStoreContract extends StoreContract {
  private final ExecutorService listening = Executors.newCachedThreadPool();
  private TestDatabase database;

  abstract TestDatabase newDatabase();

  @Override
  protected CacheStore open() {
    database = newDatabase();
    JdbcStore store =
        JdbcStore.builder(database.url())
            .listenExecutor(listening)
            .polling(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(500))
            .build();
    store.schema().migrate();
    return store;
  }

  @Override
  protected void elapse(Duration step) {
    Elapse.by(database, step);
  }

  @AfterEach
  void deleteDatabase() {
    listening.shutdownNow();
    database.close();
  }

  /** Time passes for what is stored: the databases' own clocks cannot be set. */
  static final class Elapse {
    private Elapse() {}

    static void by(TestDatabase database, Duration step) {
      StringBuilder shift = new StringBuilder("UPDATE taskcache_entry SET ");
      String comma = "";
      for (String column :
          new String[] {"lease_until", "created_at", "expires_at", "last_used", "invalidated_at"}) {
        shift.append(comma).append(column).append(" = ").append(column);
        shift.append(" - ").append(step.toNanos() / 1_000);
        comma = ", ";
      }
      try {
        database.execute(shift.toString());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

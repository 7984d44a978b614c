package dev.taskcache.jdbc;

import dev.taskcache.store.CacheStore;
import dev.taskcache.testing.StoreModelContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Random sequences on a database and in memory. */
abstract class JdbcStoreModel extends StoreModelContract {
  private TestDatabase database;

  abstract TestDatabase newDatabase();

  @Override
  protected CacheStore open() {
    database = newDatabase();
    JdbcStore store = JdbcStore.builder(database.url()).build();
    store.schema().migrate();
    return store;
  }

  @Override
  protected void elapse(Duration step) {
    JdbcStoreContract.Elapse.by(database, step);
  }

  @AfterEach
  void deleteDatabase() {
    database.close();
  }
}

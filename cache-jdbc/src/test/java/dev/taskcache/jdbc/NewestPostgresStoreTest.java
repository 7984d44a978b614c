package dev.taskcache.jdbc;

import com.google.common.collect.Iterables;

/** The store's contract. */
final class NewestPostgresStoreTest extends JdbcStoreContract {
  @Override
  TestDatabase newDatabase() {
    return new TestPostgres(Iterables.getLast(TestServer.all()).get());
  }
}

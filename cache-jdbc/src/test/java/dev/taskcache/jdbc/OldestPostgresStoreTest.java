package dev.taskcache.jdbc;

/** The store's contract. */
final class OldestPostgresStoreTest extends JdbcStoreContract {
  @Override
  TestDatabase newDatabase() {
    return new TestPostgres(TestServer.all().get(0).get());
  }
}

package dev.taskcache.jdbc;

/** The store's contract. */
final class SqliteStoreTest extends JdbcStoreContract {
  @Override
  TestDatabase newDatabase() {
    return TestDatabase.sqlite();
  }
}

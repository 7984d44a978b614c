package dev.taskcache.jdbc;

/** Random sequences. */
final class SqliteModelTest extends JdbcStoreModel {
  @Override
  TestDatabase newDatabase() {
    return TestDatabase.sqlite();
  }
}

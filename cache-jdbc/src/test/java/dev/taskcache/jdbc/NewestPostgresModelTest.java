package dev.taskcache.jdbc;

/** Random sequences. */
final class NewestPostgresModelTest extends JdbcStoreModel {
  @Override
  TestDatabase newDatabase() {
    var servers = TestServer.all();
    return new TestPostgres(servers.get(servers.size() - 1).get());
  }
}

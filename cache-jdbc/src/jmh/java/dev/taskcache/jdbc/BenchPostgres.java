package dev.taskcache.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema of a real PostgreSQL with a store in it, on a pool that the plain statements use, too,
 * and a twin of the store's table for them to write into.
 */
final class BenchPostgres implements AutoCloseable {
  /** What is loaded in bulk is one row's copy under other keys. */
  static final String LOADED =
      "fence, entry_fence, created_at, last_used, uses, duration, output_bytes, awaited,"
          + " output_digest, namespace, component, pipeline, run, task, parts, payload";

  static final String TABLE = "taskcache_entry";
  static final String TWIN = "twin_entry";

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final ExecutorService listening = Executors.newCachedThreadPool();
  private final JdbcStore store;
  private final JdbcStore twin;

  BenchPostgres() throws SQLException {
    int which = System.getProperty("bench.postgres", "newest").equals("oldest") ? 0 : 1;
    database = new TestPostgres(TestServer.LOCAL.get(which).get());
    pool = pool(database.url());
    store = JdbcStore.builder(pool).listenExecutor(listening).build();
    store.schema().migrate();
    twin = JdbcStore.builder(pool).prefix("twin_").build();
    twin.schema().migrate();
  }

  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(10);
    return new HikariDataSource(config);
  }

  JdbcStore store() {
    return store;
  }

  HikariDataSource pool() {
    return pool;
  }

  TestDatabase database() {
    return database;
  }

  /** The store of {@link #TWIN}, for leases. */
  JdbcStore twin() {
    return twin;
  }

  static Lease claim(JdbcStore store, EntryId id) {
    // As long as those that a cache makes.
    String owner = HexFormat.of().formatHex(id.key().digest(), 0, 16);
    Claim claim = new Claim(owner, Duration.ofMinutes(10), null, "train", "run-20261125");
    return store.claim(id, claim).orElseThrow();
  }

  /** An entry of the store's, as a task's first miss leaves it. */
  static void miss(JdbcStore store, long seed) {
    EntryId id = Workload.id(seed);
    if (!(store.publish(claim(store, id), Workload.result(seed)) instanceof WriteOutcome.Stored)) {
      throw new IllegalStateException("not stored: " + id);
    }
  }

  /** Entries under many keys, all with the result of one that is there. */
  void load(EntryId like, List<EntryId> ids) throws SQLException {
    String sql =
        "INSERT INTO %s (key, %s) SELECT k, %s FROM %s AS t, unnest(?::bytea[]) AS k"
            + " WHERE t.key = ? AND t.namespace = ? ON CONFLICT DO NOTHING";
    byte[][] keys = ids.stream().map(id -> Parameters.keyBytes(id.key())).toArray(byte[][]::new);
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(sql.formatted(TABLE, LOADED, LOADED, TABLE))) {
      insert.setArray(1, connection.createArrayOf("bytea", keys));
      insert.setBytes(2, Parameters.keyBytes(like.key()));
      insert.setString(3, like.namespace());
      insert.executeUpdate();
    }
    database.execute("VACUUM ANALYZE " + TABLE);
  }

  /** Leases of one owner under many keys, as claims leave them, each with the number one. */
  void lease(String table, List<EntryId> ids, String owner, boolean awaited) throws SQLException {
    String sql =
        "INSERT INTO "
            + table
            + " (key, namespace, fence, owner, lease_until, component, lease_run, awaited)"
            + " SELECT k, ?, 1, ?, 9000000000000000, 'train', 'run-20261125', ?"
            + " FROM unnest(?::bytea[]) AS k";
    byte[][] keys = ids.stream().map(id -> Parameters.keyBytes(id.key())).toArray(byte[][]::new);
    try (Connection connection = pool.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, Workload.NAMESPACE);
      insert.setString(2, owner);
      insert.setBoolean(3, awaited);
      insert.setArray(4, connection.createArrayOf("bytea", keys));
      insert.executeUpdate();
    }
  }

  @Override
  public void close() {
    store.close();
    twin.close();
    listening.shutdownNow();
    pool.close();
    database.close();
  }
}

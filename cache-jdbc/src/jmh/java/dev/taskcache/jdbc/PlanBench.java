package dev.taskcache.jdbc;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;

/** Ten thousand look-ups at once beside the same plain queries, and beside one at a time. */
final class PlanBench {
  private static final int KEYS = 10_000;
  private static final String SQL =
      "SELECT "
          + PlainSelect.HEADER
          + " FROM "
          + BenchPostgres.TABLE
          + " WHERE namespace = ? AND key = ANY (?)";

  private PlanBench() {}

  static void run(Table table) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres()) {
      BenchPostgres.miss(postgres.store(), 0);
      List<TaskRequest> requests = LongStream.range(0, KEYS).mapToObj(Workload::request).toList();
      List<EntryId> ids = LongStream.range(0, KEYS).mapToObj(Workload::id).toList();
      postgres.load(ids.get(0), ids);
      JdbcStore store = postgres.store();
      Side findAll =
          operation ->
              check(
                  store.findAll(ids).values().stream()
                      .filter(found -> found.storedEntry() != null)
                      .count());
      Side plain = operation -> check(plain(postgres, ids));
      Pairs pairs = Pairs.of(1, findAll, plain);
      table.row("findAll of 10,000 / plain = ANY", Limit.atMost(1.3), pairs.p50());
      table.note("findAll and = ANY", pairs.latencies());
      Side single = operation -> ids.forEach(id -> HitBench.hit(store, id));
      table.row(
          "10,000 hits one at a time / findAll", Limit.NONE, Pairs.of(1, single, findAll).p50());
      TaskCache cache = TaskCache.builder(store).build();
      Side plan =
          operation ->
              check(
                  cache.plan(requests).stream()
                      .filter(CacheDecision.Hit.class::isInstance)
                      .count());
      pairs = Pairs.of(1, plan, plain);
      table.row("plan of 10,000 requests / plain = ANY", Limit.NONE, pairs.p50());
      table.note("plan and = ANY", pairs.latencies());
    }
  }

  private static void check(long found) {
    if (found != KEYS) {
      throw new IllegalStateException("found only " + found);
    }
  }

  private static long plain(BenchPostgres postgres, List<EntryId> ids) throws SQLException {
    long found = 0;
    for (int from = 0; from < KEYS; from += Dialect.CHUNK) {
      byte[][] keys =
          ids.subList(from, from + Dialect.CHUNK).stream()
              .map(id -> Parameters.keyBytes(id.key()))
              .toArray(byte[][]::new);
      try (Connection connection = postgres.pool().getConnection();
          PreparedStatement statement = connection.prepareStatement(SQL)) {
        statement.setString(1, Workload.NAMESPACE);
        statement.setArray(2, connection.createArrayOf("bytea", keys));
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found += PlainSelect.readHeader(row) ? 1 : 0;
          }
        }
      }
    }
    return found;
  }
}

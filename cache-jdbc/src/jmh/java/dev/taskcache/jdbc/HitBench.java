package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.sql.Connection;
import java.util.List;
import java.util.stream.LongStream;

/** A hit beside a plain prepared SELECT of the same row on the same pool. */
final class HitBench {
  private static final int ENTRIES = 1_000;

  private HitBench() {}

  static void run(Table table) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres()) {
      List<EntryId> ids = LongStream.range(0, ENTRIES).mapToObj(Workload::id).toList();
      LongStream.range(0, ENTRIES).forEach(seed -> BenchPostgres.miss(postgres.store(), seed));
      postgres.database().execute("VACUUM ANALYZE " + BenchPostgres.TABLE);
      PlainSelect select = new PlainSelect(BenchPostgres.TABLE, ids);
      Side plain =
          operation -> {
            try (Connection connection = postgres.pool().getConnection()) {
              select.run(connection, operation);
            }
          };
      JdbcStore store = postgres.store();
      Side hit = operation -> hit(store, ids.get(operation % ENTRIES));
      for (int threads : new int[] {1, 8}) {
        report(table, "PostgreSQL, %d threads: ".formatted(threads), Pairs.of(threads, hit, plain));
      }
      Pairs self = Pairs.of(1, plain, plain);
      table.row("the same SELECT / itself, 1 thread", Limit.NONE, self.throughput());
    }
  }

  private static void report(Table table, String where, Pairs pairs) {
    table.row(where + "hits / plain SELECTs", Limit.atLeast(0.93), pairs.throughput());
    table.row(where + "a hit's p50 / a SELECT's", Limit.atMost(1.1), pairs.p50());
    table.note("hit and SELECT", pairs.latencies());
  }

  static void hit(JdbcStore store, EntryId id) {
    if (store.find(id).storedEntry() == null) {
      throw new IllegalStateException("a miss: " + id);
    }
  }
}

package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** A hit beside a plain prepared SELECT of the same row on the same pool. */
final class HitBench {
  private static final int ENTRIES = 1_000;
  // More than the store keeps the outputs of.
  private static final int MANY = 20_000;

  private HitBench() {}

  static void run(Table table) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres()) {
      List<EntryId> ids = LongStream.range(0, MANY).mapToObj(Workload::id).toList();
      LongStream.range(0, MANY).forEach(seed -> BenchPostgres.miss(postgres.store(), seed));
      postgres.database().execute("VACUUM ANALYZE " + BenchPostgres.TABLE);
      Side plain = select(postgres, ids.subList(0, ENTRIES));
      Side hit = hits(postgres, ids.subList(0, ENTRIES));
      for (int threads : new int[] {1, 8}) {
        String where = "PostgreSQL, %d threads: ".formatted(threads);
        report(table, where, Pairs.of(threads, hit, plain));
        report(
            table,
            where + "of other entries each time, ",
            Pairs.of(threads, hits(postgres, ids), select(postgres, ids)));
      }
      Pairs self = Pairs.of(1, plain, plain);
      table.row("the same SELECT / itself, 1 thread", Limit.NONE, self.throughput());
    }
  }

  /** Goes through all of them, slice after slice. */
  private static Side hits(BenchPostgres postgres, List<EntryId> ids) {
    AtomicInteger next = new AtomicInteger();
    return operation -> hit(postgres.store(), ids.get(next.getAndIncrement() % ids.size()));
  }

  private static Side select(BenchPostgres postgres, List<EntryId> ids) {
    PlainSelect select = new PlainSelect(BenchPostgres.TABLE, ids);
    AtomicInteger next = new AtomicInteger();
    return operation -> {
      try (Connection connection = postgres.pool().getConnection()) {
        select.run(connection, next.getAndIncrement());
      }
    };
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

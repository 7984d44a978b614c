package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntryId;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Look-ups in tables of three sizes, side by side, and what an entry takes on disk. */
final class GrowthBench {
  private static final int[] SIZES =
      IntStream.of(10_000, 100_000, Integer.getInteger("bench.most", 1_000_000))
          .distinct()
          .toArray();
  private static final int ASKED = 10_000;
  private static final int STORED = Integer.getInteger("bench.stored", 5_000);

  private GrowthBench() {}

  static void run(Table table) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres()) {
      LongStream.range(0, STORED).forEach(seed -> BenchPostgres.miss(postgres.store(), seed));
      bytes(table, postgres);
      Side smallest = null;
      for (int size : SIZES) {
        Side lookups = lookups(postgres, size);
        if (smallest == null) {
          smallest = lookups;
        } else {
          Pairs pairs = Pairs.of(1, lookups, smallest);
          table.row(
              "look-up's p50 at %,d entries / at %,d".formatted(size, SIZES[0]),
              Limit.atMost(1.3),
              pairs.p50());
          table.note("the two", pairs.latencies());
        }
      }
    }
  }

  private static void bytes(Table table, BenchPostgres postgres) throws Exception {
    TestDatabase database = postgres.database();
    database.execute("VACUUM ANALYZE " + BenchPostgres.TABLE);
    String size = "SELECT %s('" + BenchPostgres.TABLE + "')";
    long rows =
        Long.parseLong(database.query("SELECT count(*) FROM " + BenchPostgres.TABLE).get(0));
    double all = bytes(database, size.formatted("pg_total_relation_size")) / rows;
    double heap = bytes(database, size.formatted("pg_table_size")) / rows;
    String average = "SELECT avg(octet_length(%s)) FROM " + BenchPostgres.TABLE;
    double payload = bytes(database, average.formatted("payload"));
    double parts = bytes(database, average.formatted("parts"));
    table.row("bytes of an entry beside its payload", Limit.atMost(900), all - payload);
    table.note(
        "the same in parts",
        "table %.0f (payload %.0f, parts %.0f), indexes %.0f"
            .formatted(heap, payload, parts, all - heap));
  }

  private static double bytes(TestDatabase database, String sql) throws Exception {
    return Double.parseDouble(database.query(sql).get(0));
  }

  /** Entries of a table of its own, all with one result; asked for at random. */
  private static Side lookups(BenchPostgres postgres, int size) throws Exception {
    JdbcStore store = JdbcStore.builder(postgres.pool()).prefix("of_" + size + "_").build();
    store.schema().migrate();
    String name = "of_" + size + "_entry";
    postgres
        .database()
        .execute(
            ("INSERT INTO %s (key, %s) SELECT '\\x6b313a'::bytea || sha256(convert_to('n' || i,"
                    + " 'UTF8')), %s FROM %s AS t, generate_series(1, %d) AS i WHERE t.key ="
                    + " (SELECT min(key) FROM %s)")
                .formatted(
                    name,
                    BenchPostgres.LOADED,
                    BenchPostgres.LOADED,
                    BenchPostgres.TABLE,
                    size,
                    BenchPostgres.TABLE),
            "VACUUM ANALYZE " + name);
    List<EntryId> ids =
        LongStream.range(0, ASKED)
            .mapToObj(i -> id("n" + (1 + i * 7_919_000_003L % size)))
            .toList();
    return operation -> HitBench.hit(store, ids.get(operation % ASKED));
  }

  private static EntryId id(String text) {
    byte[] digest = Hashing.sha256().hashString(text, UTF_8).asBytes();
    return new EntryId(
        Workload.NAMESPACE, CacheKey.parse("k1:" + HexFormat.of().formatHex(digest)));
  }
}

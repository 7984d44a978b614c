package dev.taskcache.jdbc;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.Outputs;
import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Hits on signed entries beside hits on unsigned ones of the same tasks, of one table, through one
 * pool and {@code getOrRun}.
 */
final class TrustBench {
  private static final int ENTRIES = 1_000;

  private TrustBench() {}

  static void run(Table table) throws Exception {
    byte[] secret = Keys.secret();
    KeyPair pair = Keys.pair();
    try (BenchPostgres postgres = new BenchPostgres();
        TaskCache unsigned = TaskCache.builder(postgres.store()).build();
        TaskCache hmac =
            TaskCache.builder(postgres.store())
                .sign(Signer.hmac("bench", "bench", secret))
                .trust(TrustedKeys.builder().hmac("bench", secret).build())
                .build();
        TaskCache ed25519 =
            TaskCache.builder(postgres.store())
                .sign(Signer.ed25519("bench", "bench", pair.getPrivate()))
                .trust(TrustedKeys.builder().ed25519("bench", pair.getPublic()).build())
                .build()) {
      Side plain = hits(unsigned, "unsigned");
      Side mac = hits(hmac, "hmac");
      Side curve = hits(ed25519, "ed25519");
      postgres.database().execute("VACUUM ANALYZE " + BenchPostgres.TABLE);
      for (int threads : new int[] {1, 8}) {
        String where = "PostgreSQL, %d threads: ".formatted(threads);
        Pairs pairs = Pairs.of(threads, mac, plain);
        table.row(
            where + "an HMAC-signed hit's p50 / an unsigned one's",
            Limit.atMost(1.05),
            pairs.p50());
        table.row(
            where + "HMAC-signed hits / unsigned ones", Limit.atLeast(0.95), pairs.throughput());
        table.note("HMAC-signed and unsigned", pairs.latencies());
      }
      Pairs pairs = Pairs.of(1, curve, plain);
      table.row("an Ed25519-signed hit's p50 / an unsigned one's", Limit.NONE, pairs.p50());
      table.note("Ed25519-signed and unsigned", pairs.latencies());
      table.row("unsigned hits / themselves", Limit.NONE, Pairs.of(1, plain, plain).p50());
    }
  }

  /** Stores the entries, and then serves them. */
  private static Side hits(TaskCache cache, String namespace) throws InterruptedException {
    List<TaskRequest> requests =
        LongStream.range(0, ENTRIES).mapToObj(seed -> Workload.request(namespace, seed)).toList();
    for (int i = 0; i < ENTRIES; i++) {
      Outputs outputs = Workload.outputs(i);
      cache.getOrRun(requests.get(i), () -> outputs);
    }
    return operation -> cache.getOrRun(requests.get(operation % ENTRIES), TrustBench::never);
  }

  private static Outputs never() {
    throw new IllegalStateException("a miss");
  }
}

package dev.taskcache.jdbc;

import dev.taskcache.TaskCache;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** A publish beside a plain upsert of the same row into a twin of the table. */
final class PublishBench {
  private static final String OWNER = "0123456789abcdef0123456789abcdef";

  private PublishBench() {}

  static void run(Table table) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres()) {
      for (int threads : new int[] {1, 8}) {
        String where = "PostgreSQL, %d threads: ".formatted(threads);
        Pairs pairs = Pairs.of(threads, new Publish(postgres), new Plain(postgres, false));
        table.row(
            where + "publishes / plain INSERTs of new rows",
            Limit.atLeast(0.93),
            pairs.throughput());
        table.note("publish and INSERT", pairs.latencies());
        pairs = Pairs.of(threads, new Publish(postgres), new Plain(postgres, true));
        table.row(
            where + "publishes / plain INSERTs over claimed rows",
            Limit.atLeast(0.93),
            pairs.throughput());
        table.note("publish and INSERT", pairs.latencies());
        pairs = Pairs.of(threads, new Late(postgres, false), new Plain(postgres, false));
        table.row(
            where + "publishes of leases from long before / INSERTs",
            Limit.NONE,
            pairs.throughput());
        pairs = Pairs.of(threads, new Late(postgres, true), new Plain(postgres, false));
        table.row(where + "publishes that are awaited / INSERTs", Limit.NONE, pairs.throughput());
      }
      Statements counted = new Statements(postgres.pool());
      try (JdbcStore store = JdbcStore.builder(counted.dataSource()).build()) {
        store.find(Workload.id(-1));
        counted.forget();
        TaskCache cache = TaskCache.builder(store).build();
        cache.getOrRun(Workload.request(-2), () -> Workload.outputs(-2));
        table.row("statements of a whole miss", Limit.atMost(3), counted.count());
      }
    }
  }

  private static List<EntryId> ids(int operations) {
    long first = ThreadLocalRandom.current().nextLong(1L << 40);
    return IntStream.range(0, operations).mapToObj(i -> Workload.id(first + i)).toList();
  }

  private static void publish(BenchPostgres postgres, Lease lease, NewEntry result) {
    if (!(postgres.store().publish(lease, result) instanceof WriteOutcome.Stored)) {
      throw new IllegalStateException("not stored: " + lease);
    }
  }

  /** Ours, each of a lease that was claimed just before, as a task's that runs shortly. */
  private static final class Publish implements Side {
    private final BenchPostgres postgres;
    private final NewEntry result = Workload.result(1);
    private Lease[] leases = {};
    private List<EntryId> ids = List.of();

    Publish(BenchPostgres postgres) {
      this.postgres = postgres;
    }

    @Override
    public void prepare(int operations) {
      ids = ids(operations);
      leases = new Lease[operations];
    }

    @Override
    public void before(int operation) {
      leases[operation] = BenchPostgres.claim(postgres.store(), ids.get(operation));
    }

    @Override
    public void run(int operation) {
      publish(postgres, leases[operation], result);
    }
  }

  /** Ours, with leases that were all claimed before the first is published. */
  private static final class Late implements Side {
    private final BenchPostgres postgres;
    private final boolean awaited;
    private final NewEntry result = Workload.result(1);
    private List<EntryId> ids = List.of();

    Late(BenchPostgres postgres, boolean awaited) {
      this.postgres = postgres;
      this.awaited = awaited;
    }

    @Override
    public void prepare(int operations) throws Exception {
      ids = ids(operations);
      postgres.lease(BenchPostgres.TABLE, ids, OWNER, awaited);
    }

    @Override
    public void run(int operation) {
      publish(postgres, new Lease(ids.get(operation), OWNER, 1), result);
    }
  }

  /** The plain thing, after a claim too: of the same row, or of another one. */
  private static final class Plain implements Side {
    private final BenchPostgres postgres;
    private final boolean claimed;
    private final PlainUpsert upsert;
    private List<EntryId> ids = List.of();
    private List<EntryId> others = List.of();

    Plain(BenchPostgres postgres, boolean claimed) {
      this.postgres = postgres;
      this.claimed = claimed;
      NewEntry result = Workload.result(1);
      upsert =
          new PlainUpsert(
              result, Envelope.seal(result.parts()), Envelope.seal(result.outputs().values()));
    }

    @Override
    public void prepare(int operations) {
      ids = ids(operations);
      others = claimed ? ids : ids(operations);
    }

    @Override
    public void before(int operation) {
      BenchPostgres.claim(postgres.twin(), others.get(operation));
    }

    @Override
    public void run(int operation) throws Exception {
      try (Connection connection = postgres.pool().getConnection()) {
        upsert.run(connection, ids.get(operation), 1_700_000_000_000_000L + operation);
      }
    }
  }
}

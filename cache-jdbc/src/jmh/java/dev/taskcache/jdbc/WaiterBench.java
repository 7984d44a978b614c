package dev.taskcache.jdbc;

import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a result takes from its owner to a waiter in another process, beside an UPDATE of the
 * same columns and a notification that the same process receives.
 */
final class WaiterBench {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 200);
  private static final int WARM_UP = 50;
  // Whoever has just said that he waits needs a moment to do so.
  private static final long SETTLE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final String UPDATE =
      "UPDATE "
          + BenchPostgres.TWIN
          + " SET entry_fence = fence, created_at = ?, last_used = ?, parts = ?, payload = ?,"
          + " owner = NULL, lease_until = NULL WHERE key = ? AND namespace = ?";

  private WaiterBench() {}

  static void run(Table table) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres();
        ChildJvm child = new ChildJvm(BenchWaiterMain.class, postgres.database().url())) {
      child.line();
      double[] ours = new double[ROUNDS];
      double[] bare = new double[ROUNDS];
      long first = ThreadLocalRandom.current().nextLong(1L << 40);
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        double stored = stored(postgres, child, first + i) / 1e3;
        double notified = notified(postgres, child, first + i) / 1e3;
        if (i >= 0) {
          ours[i] = stored;
          bare[i] = notified;
        }
      }
      double[] ratios = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        ratios[i] = ours[i] / bare[i];
      }
      table.row("from publish to another process / UPDATE, NOTIFY", Limit.atMost(1.5), ratios);
      table.row("from publish to another process, µs", Limit.NONE, ours);
      table.row("UPDATE, NOTIFY to another process, µs", Limit.NONE, bare);
    }
  }

  private static long stored(BenchPostgres postgres, ChildJvm child, long seed)
      throws IOException, SQLException {
    EntryId id = Workload.id(seed);
    NewEntry result = Workload.result(seed);
    Lease lease =
        postgres
            .store()
            .claim(id, new Claim("owner", Duration.ofMinutes(1), null, "train", "run"))
            .orElseThrow();
    child.tell("store " + seed + " " + lease.fence());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isAwaited(postgres, id)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("nobody waits");
      }
    }
    LockSupport.parkNanos(SETTLE);
    long begin = System.nanoTime();
    postgres.store().publish(lease, result);
    return Long.parseLong(child.line()) - begin;
  }

  private static boolean isAwaited(BenchPostgres postgres, EntryId id) throws SQLException {
    try (Connection connection = postgres.pool().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT 1 FROM " + BenchPostgres.TABLE + " WHERE key = ? AND awaited")) {
      statement.setBytes(1, Parameters.keyBytes(id.key()));
      return statement.executeQuery().next();
    }
  }

  private static long notified(BenchPostgres postgres, ChildJvm child, long seed)
      throws IOException, SQLException {
    EntryId id = Workload.id(seed);
    NewEntry result = Workload.result(seed);
    byte[] parts = Envelope.seal(result.parts());
    byte[] payload = Envelope.seal(result.outputs().values());
    postgres.lease(BenchPostgres.TWIN, List.of(id), "owner", true);
    child.tell("bare");
    LockSupport.parkNanos(SETTLE);
    long begin = System.nanoTime();
    try (Connection connection = postgres.pool().getConnection()) {
      try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
        update.setLong(1, begin);
        update.setLong(2, begin);
        update.setBytes(3, parts);
        update.setBytes(4, payload);
        update.setBytes(5, Parameters.keyBytes(id.key()));
        update.setString(6, id.namespace());
        update.executeUpdate();
      }
      try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
        notify.setString(1, BenchWaiterMain.CHANNEL);
        notify.setString(2, id.key().toString());
        notify.executeQuery().close();
      }
    }
    return Long.parseLong(child.line()) - begin;
  }
}

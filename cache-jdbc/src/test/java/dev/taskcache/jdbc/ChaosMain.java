package dev.taskcache.jdbc;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Purge;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A process that does everything to a store that may be done to it, in any order and at once. Says
 * {@code ready}, waits for a line, says {@code stored KEY FENCE} for each result that the store
 * said to have stored, and {@code end}.
 *
 * <p>Its arguments: the database's URL, threads, steps of each thread, a seed.
 */
final class ChaosMain {
  static final String UNLEASED = "unleased";

  private static final Duration LEASE = Duration.ofMillis(50);
  // Longer than any statement here waits for a row.
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long SLICE_MILLIS = 400;
  // One group of ids is in use at a time, so that the others can be purged.
  private static final int GROUPS = 5;
  private static final int GROUP = 5;
  private static final int ROUNDS = 2;
  private static final int MOST_KEPT = 10;

  private final JdbcStore store;
  private final long begun = System.nanoTime();
  private final int steps;

  private ChaosMain(JdbcStore store, int steps) {
    this.store = store;
    this.steps = steps;
  }

  public static void main(String[] arguments) throws Exception {
    try (JdbcStore store =
        JdbcStore.builder(arguments[0]).deadline(Duration.ofSeconds(60)).build()) {
      System.out.println("ready");
      if (System.in.read() < 0) {
        return;
      }
      ChaosMain main = new ChaosMain(store, Integer.parseInt(arguments[2]));
      int threads = Integer.parseInt(arguments[1]);
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(Long.parseLong(arguments[3]) + i);
        running.add(executor.submit(() -> main.run(random)));
      }
      for (Future<?> each : running) {
        each.get();
      }
      executor.shutdown();
    }
    System.out.println("end");
  }

  /** All its steps, and at least until each group has been left alone a few times. */
  private void run(Random random) {
    List<Lease> kept = new ArrayList<>();
    long enough = begun + TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS * GROUPS * ROUNDS);
    for (int i = 0; i < steps || System.nanoTime() - enough < 0; i++) {
      step(random, kept);
    }
  }

  private void step(Random random, List<Lease> kept) {
    long slice = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) / SLICE_MILLIS;
    EntryId id = WorkerRequests.id((int) (slice % GROUPS) * GROUP + random.nextInt(GROUP));
    switch (random.nextInt(200)) {
      case 0 -> store.invalidate(id.namespace(), selector(random, id), "chaos");
      case 1, 2, 3, 4, 5, 6, 7, 8 ->
          store.purge(new Purge(random.nextBoolean() ? GRACE : null, GRACE));
      default -> {
        switch (random.nextInt(10)) {
          case 0 -> told(store.publishUnleased(id, result(UNLEASED), Duration.ZERO));
          case 1 -> late(random, kept);
          default -> findAndClaim(random, id).ifPresent(lease -> use(random, lease, kept));
        }
      }
    }
  }

  /** A publish under a lease that is long over, and perhaps long forgotten. */
  private void late(Random random, List<Lease> kept) {
    if (!kept.isEmpty()) {
      publish(kept.remove(random.nextInt(kept.size())));
    }
  }

  private static EntrySelector selector(Random random, EntryId id) {
    return random.nextInt(4) > 0
        ? new EntrySelector.Key(id.key())
        : new EntrySelector.Component("count");
  }

  /** A lease over nothing, over what cannot be served, or over an entry that is not liked. */
  private Optional<Lease> findAndClaim(Random random, EntryId id) {
    Found<CacheEntry> found = store.find(id);
    Unusable unusable = found.unusable();
    Long rejected = unusable == null ? null : unusable.rejectedFence();
    if (found.storedEntry() != null && random.nextBoolean()) {
      rejected = found.storedEntry().fence();
    }
    Claim claim = new Claim(UUID.randomUUID().toString(), LEASE, rejected, "count", "run");
    return store.claim(id, claim);
  }

  private void use(Random random, Lease lease, List<Lease> kept) {
    switch (random.nextInt(8)) {
      case 0 -> store.abandon(lease);
      case 1 -> {} // Its owner crashes.
      case 2 -> { // Its owner is late.
        kept.add(lease);
        if (kept.size() > MOST_KEPT) {
          kept.remove(0);
        }
      }
      case 3 -> {
        store.renew(lease, LEASE);
        publish(lease);
      }
      case 4 -> {
        publish(lease);
        publish(lease); // As if the first reply had been lost.
      }
      default -> publish(lease);
    }
  }

  /** Its producer is the fence that it is published under, for the log to compare. */
  private void publish(Lease lease) {
    told(store.publish(lease, result(String.valueOf(lease.fence()))));
  }

  private static void told(WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Stored stored) {
      CacheEntry entry = stored.entry();
      System.out.println("stored " + entry.id().key() + " " + entry.fence());
    }
  }

  private static NewEntry result(String run) {
    Outputs outputs = Outputs.of(Map.of("value", UUID.randomUUID().toString()));
    ValueDigest digest = ValueDigest.of(outputs.values());
    return new NewEntry(
        outputs,
        digest.hex(),
        digest.bytes(),
        new KeyParts(Map.of()),
        "count",
        new TaskIdentity("chaos", run, "task"),
        Duration.ZERO,
        null);
  }
}

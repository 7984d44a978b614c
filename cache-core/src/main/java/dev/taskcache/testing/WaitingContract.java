package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store must do for those who wait, and for many at once. */
abstract class WaitingContract extends LeaseContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int THREADS = 8;
  private static final int IDS = 200;

  @Test
  void whoeverWaitsReceivesThePublishedEntry() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found<CacheEntry>> waiting =
          threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      CacheEntry entry = stored(store.publish(lease, result("x")));

      assertThat(waiting.get(60, TimeUnit.SECONDS).entry()).contains(entry);
    }
  }

  @Test
  void whoeverWaitsLearnsThatTheLeaseWasGivenBack() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found<CacheEntry>> waiting =
          threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      store.abandon(lease);

      assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(Found.nothing());
    }
  }

  @Test
  void whoeverWaitsLearnsThatTheLeaseIsOver() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found<CacheEntry>> waiting =
          threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      elapse(LEASE);

      assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(Found.nothing());
    }
  }

  @Test
  void whoeverWaitsSeesTheSameLeaseWhenTheTimeIsOver() throws Exception {
    Lease lease = claim("a").orElseThrow();

    Found<CacheEntry> found = store.await(id, lease.fence(), Duration.ofMillis(1));

    assertThat(found.holder().map(Found.Holder::fence)).contains(lease.fence());
  }

  @Test
  void ofManyClaimersExactlyOneGetsEachLease() throws Exception {
    List<EntryId> ids = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      ids.add(newId());
    }
    int leases = 0;
    try (Threads threads = new Threads(THREADS)) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        counts.add(threads.run(() -> claimAll(ids)));
      }
      for (Future<Integer> count : counts) {
        leases += count.get(60, TimeUnit.SECONDS);
      }
    }

    assertThat(leases).isEqualTo(IDS);
  }

  private int claimAll(List<EntryId> ids) {
    int claimed = 0;
    for (EntryId each : ids) {
      String owner = UUID.randomUUID().toString();
      claimed += claim(each, owner, null).isPresent() ? 1 : 0;
    }
    return claimed;
  }

  /** Threads that end with the test. */
  private record Threads(ExecutorService executor) implements AutoCloseable {
    Threads(int count) {
      this(Executors.newFixedThreadPool(count));
    }

    <T> Future<T> run(Callable<T> task) {
      return executor.submit(task);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}

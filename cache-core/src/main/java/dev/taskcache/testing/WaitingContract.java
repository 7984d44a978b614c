package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Unusable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store must do for those who wait. */
abstract class WaitingContract extends PurgeContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
  void whoeverWaitsWithoutEndReceivesTheEntryToo() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found<CacheEntry>> waiting =
          threads.run(() -> store.await(id, lease.fence(), ChronoUnit.FOREVER.getDuration()));
      CacheEntry entry = stored(store.publish(lease, result("x")));

      assertThat(waiting.get(60, TimeUnit.SECONDS).entry()).contains(entry);
    }
  }

  @Test
  void whoeverWaitsLearnsThatTheLeaseWasInvalidated() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found<CacheEntry>> waiting =
          threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      store.invalidate(NAMESPACE, new EntrySelector.Key(id.key()), "test");

      Found<CacheEntry> found = waiting.get(60, TimeUnit.SECONDS);
      assertThat(found.holder()).isEmpty();
      assertThat(unusable(Unusable.Invalidated.class, found).by()).isEqualTo("test");
    }
  }

  @Test
  void whoeverWaitsForALeaseThatAnotherHasTakenSeesThatOne() throws Exception {
    Lease first = claim("a").orElseThrow();
    store.abandon(first);
    Lease second = claim("b").orElseThrow();

    Found<CacheEntry> found = store.await(id, first.fence(), PATIENCE);

    assertThat(found.holder().map(Found.Holder::fence)).contains(second.fence());
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
}

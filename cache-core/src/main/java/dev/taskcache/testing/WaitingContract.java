package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import java.time.Duration;
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

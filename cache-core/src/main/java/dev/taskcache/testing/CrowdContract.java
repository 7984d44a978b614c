package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store must do for many at once; sums tell whether it did. */
abstract class CrowdContract extends SignatureContract {
  private static final int THREADS = 8;
  private static final int IDS = 200;
  private static final int FEW_IDS = 5;
  private static final int ROUNDS = 300 * Integer.getInteger("taskcache.tests.scale", 1);

  private static List<EntryId> ids(int count) {
    return Stream.generate(StoreFixture::newId).limit(count).toList();
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private Optional<Lease> claimOnce(EntryId each) {
    return claim(each, UUID.randomUUID().toString(), null);
  }

  @Test
  void ofManyClaimersExactlyOneGetsEachLease() throws Exception {
    List<EntryId> ids = ids(IDS);

    List<Long> leases =
        Threads.all(
            THREADS, i -> () -> ids.stream().filter(each -> claimOnce(each).isPresent()).count());

    assertThat(sum(leases)).isEqualTo(IDS);
  }

  @Test
  void ofManyResultsWithoutALeaseExactlyOneIsStored() throws Exception {
    List<EntryId> ids = ids(IDS);

    List<Long> stored =
        Threads.all(
            THREADS,
            i -> () -> ids.stream().filter(each -> isStored(each, "by thread " + i)).count());

    assertThat(sum(stored)).isEqualTo(IDS);
  }

  /** Whoever's is not stored has to be told whose is. */
  private boolean isStored(EntryId each, String text) {
    WriteOutcome.Published outcome = store.publishUnleased(each, result(text), Duration.ZERO);
    CacheEntry there = store.find(each).entry().orElseThrow();
    assertThat(outcome).isIn(new WriteOutcome.Stored(there), new WriteOutcome.AlreadyStored(there));
    return outcome instanceof WriteOutcome.Stored;
  }

  /**
   * Each result is one more than the one that its owner rejected: where two owners had run at once,
   * or an older result had come over a newer one, the last would be less than their number.
   */
  @Test
  void whoReplacesAnEntryReplacesTheOneThatItRejected() throws Exception {
    List<EntryId> ids = ids(FEW_IDS);

    List<Long> stored =
        Threads.all(
            THREADS,
            i ->
                () -> {
                  long count = 0;
                  for (int round = 0; round < ROUNDS; round++) {
                    count += addOne(ids.get((i + round) % FEW_IDS)) ? 1 : 0;
                  }
                  return count;
                });

    assertThat(ids.stream().mapToLong(this::number).sum()).isEqualTo(sum(stored));
    assertThat(sum(stored)).isGreaterThanOrEqualTo(FEW_IDS);
  }

  private long number(EntryId each) {
    return store.find(each).entry().map(CrowdContract::number).orElse(0L);
  }

  private static long number(CacheEntry entry) {
    return entry.header().duration().toSeconds();
  }

  private boolean addOne(EntryId each) {
    Optional<CacheEntry> old = store.find(each).entry();
    Optional<Lease> lease =
        claim(each, UUID.randomUUID().toString(), old.map(CacheEntry::fence).orElse(null));
    if (lease.isEmpty()) {
      return false;
    }
    long next = old.map(CrowdContract::number).orElse(0L) + 1;
    CacheEntry entry =
        stored(store.publish(lease.get(), lasting(result("x"), Duration.ofSeconds(next))));
    assertThat(entry.fence()).isGreaterThan(old.map(CacheEntry::fence).orElse(0L));
    return true;
  }

  /**
   * Under each id there is a lease, or an entry, or nothing: nobody claims over an entry. So each
   * lease that was won is in the end either an entry or was hit by an invalidation, before or after
   * it was published.
   */
  @Test
  void everyLeaseEndsAsAnEntryOrInOneInvalidation() throws Exception {
    List<EntryId> ids = ids(FEW_IDS);

    List<Long> balance =
        Threads.all(
            THREADS,
            i ->
                () -> {
                  long won = 0;
                  for (int round = 0; round < ROUNDS; round++) {
                    EntryId each = ids.get((i + round) % FEW_IDS);
                    won += i % 4 == 0 ? -invalidateOne(each) : claimAndPublish(each);
                  }
                  return won;
                });

    assertThat(sum(balance))
        .isEqualTo(ids.stream().filter(each -> store.find(each).entry().isPresent()).count());
    assertThat(ids).allSatisfy(each -> assertThat(store.find(each).holder()).isEmpty());
  }

  private long invalidateOne(EntryId each) {
    return store.invalidate(NAMESPACE, new EntrySelector.Key(each.key()), "test");
  }

  private long claimAndPublish(EntryId each) {
    Optional<Lease> lease = claimOnce(each);
    lease.ifPresent(
        won -> {
          WriteOutcome.Published outcome = store.publish(won, result("x"));
          Found<CacheEntry> found = store.find(each);
          if (outcome instanceof WriteOutcome.AlreadyStored other) {
            assertThat(other.entry().fence()).isGreaterThan(won.fence());
          }
          found.entry().ifPresent(e -> assertThat(e.fence()).isGreaterThanOrEqualTo(won.fence()));
        });
    return lease.isPresent() ? 1 : 0;
  }
}

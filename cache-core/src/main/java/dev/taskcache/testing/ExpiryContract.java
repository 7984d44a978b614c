package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What every store must do with entries whose time is over. */
abstract class ExpiryContract extends LeaseContract {
  static final Duration LIFETIME = Duration.ofHours(6);

  /** An entry under the test's id whose time is over. */
  CacheEntry expired() {
    CacheEntry entry = publish(id, result("old", LIFETIME));
    elapse(LIFETIME);
    return entry;
  }

  private void isExpired(Found<?> found, CacheEntry entry) {
    Unusable.Expired unusable = unusable(Unusable.Expired.class, found);
    assertThat(unusable.fence()).isEqualTo(entry.fence());
    assertThat(unusable.at()).isBeforeOrEqualTo(now());
  }

  @Test
  void anEntryIsFoundUntilItsTimeIsOver() {
    NewEntry result = result("x", LIFETIME);
    CacheEntry entry = publish(id, result);
    EntryHeader header = entry.header();
    assertThat(header.expiresAt())
        .isCloseTo(header.createdAt().plus(LIFETIME), within(1, ChronoUnit.SECONDS));
    assertThat(store.find(id)).isEqualTo(new Found<>(entry, null, null));
    assertThat(entry)
        .isEqualTo(result.storedAs(id, entry.fence(), header.createdAt(), header.expiresAt()));

    elapse(LIFETIME.minusMinutes(30));
    assertThat(store.find(id).entry().map(CacheEntry::outputs)).contains(entry.outputs());
    assertThat(claim("b")).isEmpty();

    elapse(Duration.ofMinutes(30));
    isExpired(store.find(id), entry);
    isExpired(planned(id), entry);
  }

  @Test
  void anEntryWithoutALifetimeIsFoundForEver() {
    CacheEntry entry = publish("x");
    elapse(Duration.ofDays(3650));

    assertThat(store.find(id).entry().map(CacheEntry::outputs)).contains(entry.outputs());
  }

  @Test
  void anExpiredEntryIsReplacedByWhoeverClaimsWithoutRejectingIt() {
    CacheEntry old = expired();

    Lease lease = claim("b").orElseThrow();
    assertThat(lease.fence()).isGreaterThan(old.fence());
    isExpired(store.find(id), old);
    assertThat(store.find(id).holder().map(Found.Holder::owner)).contains("b");
    assertThat(claim("c")).isEmpty();

    CacheEntry replacement = stored(store.publish(lease, result("new")));
    assertThat(store.find(id)).isEqualTo(new Found<>(replacement, null, null));
    elapse(LIFETIME.multipliedBy(2));
    assertThat(store.find(id).entry().map(CacheEntry::outputs))
        .as("the new entry does not expire")
        .contains(replacement.outputs());
  }

  @Test
  void anExpiredEntryCanAlsoBeRejectedByItsFence() {
    CacheEntry old = expired();

    assertThat(claim(id, "b", old.fence())).isPresent();
  }

  @Test
  void anExpiredEntryStillExplainsUntilItIsReplaced() {
    CacheEntry old = expired();

    assertThat(store.summary(id)).isPresent();
    assertThat(store.earlier(NAMESPACE, "contract", 64)).hasSize(1);
    assertThat(store.earlier(NAMESPACE, "contract", 64).get(0).key()).isEqualTo(old.id().key());
  }

  @Test
  void whoLostToAnEntryThatHasExpiredSinceIsSupersededByNobody() {
    Lease late = claim("late").orElseThrow();
    elapse(LEASE);
    stored(store.publish(claim("b").orElseThrow(), result("x", LIFETIME)));
    elapse(LIFETIME);

    assertThat(store.publish(late, result("late")))
        .isEqualTo(new WriteOutcome.Superseded(null, null));
  }

  @Test
  void publishingAgainIsNoResultThatCanBeServedWhenTheEntryHasExpiredSince() {
    Lease lease = claim("a").orElseThrow();
    stored(store.publish(lease, result("x", LIFETIME)));
    elapse(LIFETIME);

    assertThat(store.publish(lease, result("x", LIFETIME)))
        .isEqualTo(new WriteOutcome.Superseded(null, null));
    assertThat(store.find(id).entry()).as("it is no newer for it").isEmpty();
  }
}

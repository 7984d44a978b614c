package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Purge;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must forget, and what it must not. */
abstract class PurgeContract extends InvalidationContract {
  private static final Duration GRACE = Duration.ofHours(1);
  private static final Purge DEAD = new Purge(null, GRACE);
  private static final Purge.Purged NOTHING = new Purge.Purged(0, 0);

  private void isForgotten(EntryId each) {
    assertThat(store.find(each)).isEqualTo(Found.nothing());
    assertThat(store.summary(each)).isEmpty();
  }

  @Test
  void anExpiredEntryGoesAfterTheGrace() {
    expired();
    CacheEntry valid = publish(newId(), result("x"));
    elapse(GRACE.dividedBy(2));
    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
    assertThat(store.find(id).unusable()).isInstanceOf(Unusable.Expired.class);

    elapse(GRACE);
    assertThat(store.purge(DEAD)).isEqualTo(new Purge.Purged(1, 0));

    isForgotten(id);
    assertThat(store.find(valid.id()).entry()).isPresent();
    assertThat(store.earlier(NAMESPACE, "contract", 64)).hasSize(1);
    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
  }

  @Test
  void anEntryThatDoesNotExpireStaysUnlessUnusedOnesAreToGo() {
    publish("x");
    elapse(Duration.ofDays(1000));

    assertThat(store.purge(Purge.DEAD)).isEqualTo(NOTHING);
    assertThat(store.purge(new Purge(Duration.ofDays(999), GRACE)))
        .isEqualTo(new Purge.Purged(1, 0));
    isForgotten(id);
  }

  @Test
  void whatWasUsedLatelyStays() {
    Purge unused = new Purge(Duration.ofHours(6), GRACE);
    CacheEntry used = publish(newId(), result("x"));
    publish("x");
    elapse(Duration.ofHours(4));
    store.used(used.id());
    CacheEntry young = publish(newId(), result("x"));
    assertThat(store.purge(unused)).isEqualTo(NOTHING);
    elapse(Duration.ofHours(4));

    assertThat(store.purge(unused)).isEqualTo(new Purge.Purged(1, 0));

    isForgotten(id);
    assertThat(store.find(used.id()).entry()).isPresent();
    assertThat(store.find(young.id()).entry()).isPresent();
  }

  @Test
  void aDeadOwnersLeaseGoesAfterTheGrace() {
    Lease lease = claim("a").orElseThrow();
    elapse(LEASE.plus(GRACE.dividedBy(2)));
    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
    assertThat(store.renew(lease, LEASE)).as("it still could have been renewed").isTrue();

    elapse(LEASE.plus(GRACE));
    assertThat(store.purge(DEAD)).isEqualTo(new Purge.Purged(0, 1));

    isForgotten(id);
    assertThat(store.renew(lease, LEASE)).isFalse();
    assertThat(store.publish(lease, result("late")))
        .isEqualTo(new WriteOutcome.Superseded(null, null));
    isForgotten(id);
  }

  @Test
  void aLiveLeaseStaysAndSoDoesTheEntryUnderIt() {
    CacheEntry old = publish(newId(), result("old"));
    expired();
    elapse(GRACE);
    Lease overExpired = claim("a").orElseThrow();
    Lease overUnused = claim(old.id(), "b", old.fence()).orElseThrow();
    Lease alone = claim(newId(), "c", null).orElseThrow();

    assertThat(store.purge(new Purge(Duration.ofHours(1), Duration.ZERO))).isEqualTo(NOTHING);

    assertThat(store.find(old.id()).entry()).isPresent();
    for (Lease lease : List.of(overExpired, overUnused, alone)) {
      stored(store.publish(lease, result("new")));
    }
  }

  @Test
  void anEntryUnderADeadLeaseStaysAndCanBePurgedItself() {
    CacheEntry old = publish("old");
    assertThat(claim(id, "a", old.fence())).isPresent();
    elapse(LEASE.plus(GRACE));

    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
    assertThat(store.find(id).entry()).isPresent();
    assertThat(store.purge(new Purge(GRACE, GRACE))).isEqualTo(new Purge.Purged(1, 0));
    isForgotten(id);
  }

  @Test
  void tracesOfWhatWasGivenBackOrInvalidatedGoAfterTheGrace() {
    store.abandon(claim("a").orElseThrow());
    CacheEntry invalid = publish(newId(), result("x"));
    Lease superseded = claim(newId(), "b", null).orElseThrow();
    store.invalidate(NAMESPACE, new EntrySelector.Component("contract"), "test");
    elapse(GRACE.dividedBy(2));
    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
    assertThat(store.find(invalid.id()).unusable()).isInstanceOf(Unusable.Invalidated.class);

    elapse(GRACE);
    assertThat(store.purge(DEAD)).isEqualTo(new Purge.Purged(0, 3));

    for (EntryId each : List.of(id, invalid.id(), superseded.id())) {
      isForgotten(each);
    }
  }

  @Test
  void theTraceOfAnEntryThatWasInvalidatedUnderADeadLeaseHasItsOwnGrace() {
    CacheEntry old = publish("old");
    assertThat(claim(id, "a", old.fence(), "another run")).isPresent();
    elapse(LEASE.plus(GRACE));
    store.invalidate(NAMESPACE, new EntrySelector.Run("run"), "test");

    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
    unusable(Unusable.Invalidated.class, store.find(id));
    elapse(GRACE);
    assertThat(store.purge(DEAD)).isEqualTo(new Purge.Purged(0, 1));
  }

  @Test
  void whatWasRefusedAndWhatFoundNothingLeaveNothingToPurge() {
    store.invalidate(NAMESPACE, new EntrySelector.Component("contract"), "test");
    assertThat(store.publishUnleased(id, result("x"), Duration.ofHours(1)))
        .isInstanceOf(WriteOutcome.Superseded.class);
    store.used(id);
    elapse(GRACE.multipliedBy(2));

    assertThat(store.purge(DEAD)).isEqualTo(NOTHING);
  }

  @Test
  void purgingForgetsInEveryNamespace() {
    publish(new EntryId("another", id.key()), result("x", LIFETIME));
    expired();
    elapse(GRACE);

    assertThat(store.purge(DEAD)).isEqualTo(new Purge.Purged(2, 0));
  }

  @Test
  void manyGoInOneCall() {
    List<EntryId> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ids.add(publish(newId(), result("x", LIFETIME)).id());
      assertThat(claim(newId(), "a", null)).isPresent();
    }
    elapse(LIFETIME.plus(GRACE));

    assertThat(store.purge(DEAD)).isEqualTo(new Purge.Purged(300, 300));
    assertThat(ids).allSatisfy(this::isForgotten);
  }

  @Test
  void aFenceDoesNotGoBackAcrossAPurge() {
    Lease before = claim("a").orElseThrow();
    elapse(LEASE.plus(GRACE));
    store.purge(DEAD);
    isForgotten(id);
    letTheClockTick(before.fence());

    Lease after = claim("b").orElseThrow();
    assertThat(after.fence()).isGreaterThan(before.fence());
    CacheEntry entry = stored(store.publish(after, result("x", LIFETIME)));
    elapse(LIFETIME.plus(GRACE));
    store.purge(DEAD);
    isForgotten(id);
    letTheClockTick(entry.fence());

    assertThat(stored(store.publishUnleased(id, result("x"), Duration.ZERO)).fence())
        .isGreaterThan(entry.fence());
  }

  /** Not more than the clock's own step: a database's clock stands still while its rows age. */
  private void letTheClockTick(long fence) {
    while (claim(newId(), "tick", null).orElseThrow().fence() <= fence) {
      Thread.onSpinWait();
    }
  }
}

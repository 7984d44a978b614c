package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.WriteOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with leases. */
abstract class LeaseContract extends StoreFixture {
  @Test
  void aClaimShowsItsOwnerAndKeepsOthersOut() {
    Lease lease = claim("a").orElseThrow();

    assertThat(claim("b")).isEmpty();
    Found.Holder holder = store.find(id).holder().orElseThrow();
    assertThat(holder.owner()).isEqualTo("a");
    assertThat(holder.fence()).isEqualTo(lease.fence());
    assertThat(store.find(id).entry()).isEmpty();
  }

  @Test
  void claimingAgainWithTheSameOwnerGivesTheSameLease() {
    Lease lease = claim("a").orElseThrow();

    assertThat(claim("a")).contains(lease);
    elapse(LEASE);
    assertThat(claim("a")).as("after its time is over").contains(lease);
    assertThat(claim("b")).isEmpty();
  }

  @Test
  void anOwnerThatClaimsOverAnEntryWithoutRejectingItIsRefused() {
    CacheEntry old = publish("old");
    assertThat(claim(id, "a", old.fence())).isPresent();

    assertThat(claim("a")).isEmpty();
  }

  @Test
  void anAbandonedLeaseLetsTheNextOneInAndPublishesNothing() {
    Lease lease = claim("a").orElseThrow();

    assertThat(store.abandon(lease)).isTrue();
    assertThat(store.find(id)).isEqualTo(Found.nothing());
    assertThat(store.publish(lease, result("x")))
        .isEqualTo(new WriteOutcome.Superseded(null, null));
    assertThat(claim("b").orElseThrow().fence()).isGreaterThan(lease.fence());
    assertThat(store.abandon(lease)).as("abandoned again").isFalse();
    assertThat(store.find(id).holder().orElseThrow().owner()).isEqualTo("b");
  }

  @Test
  void aLeaseWhoseTimeIsOverGoesToTheNextClaimer() {
    Lease first = claim("a").orElseThrow();
    elapse(LEASE);
    assertThat(store.find(id).holder()).isEmpty();

    Lease second = claim("b").orElseThrow();
    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(store.renew(first, LEASE)).isFalse();
    WriteOutcome late = store.publish(first, result("late"));
    assertThat(late).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(((WriteOutcome.Superseded) late).owner()).isEqualTo("b");

    CacheEntry winner = stored(store.publish(second, result("winner")));
    assertThat(store.publish(first, result("later")))
        .isEqualTo(new WriteOutcome.AlreadyStored(winner));
    assertThat(store.find(id).entry()).contains(winner);
  }

  @Test
  void aLateOwnerThatNobodySupersededStillRenewsAndPublishes() {
    Lease lease = claim("a").orElseThrow();
    elapse(LEASE.multipliedBy(2));

    assertThat(store.renew(lease, LEASE)).isTrue();
    assertThat(claim("b")).isEmpty();
    elapse(LEASE.multipliedBy(2));
    assertThat(stored(store.publish(lease, result("x"))).fence()).isEqualTo(lease.fence());
  }

  @Test
  void aRenewedLeaseLivesOnFromNow() {
    Lease lease = claim("a").orElseThrow();
    elapse(LEASE.minusSeconds(10));
    assertThat(store.renew(lease, LEASE)).isTrue();
    elapse(LEASE.minusSeconds(10));

    assertThat(claim("b")).isEmpty();
  }

  @Test
  void allLeasesOfARunAreGivenBackAtOnce() {
    Lease first = claim(id, "a", null, "run 7").orElseThrow();
    Lease late = claim(newId(), "b", null, "run 7").orElseThrow();
    elapse(LEASE);
    assertThat(store.renew(first, LEASE)).isTrue();
    Lease otherRun = claim(newId(), "c", null, "run 8").orElseThrow();
    Lease noRun = claim(newId(), "d", null, null).orElseThrow();
    EntryId elsewhere = new EntryId("another", id.key());
    Lease otherNamespace = claim(elsewhere, "e", null, "run 7").orElseThrow();

    assertThat(store.abandonAll(NAMESPACE, "run 7")).isEqualTo(2);

    for (Lease lease : List.of(first, late)) {
      assertThat(store.find(lease.id())).isEqualTo(Found.nothing());
      assertThat(store.publish(lease, result("x")))
          .isEqualTo(new WriteOutcome.Superseded(null, null));
    }
    for (Lease lease : List.of(otherRun, noRun, otherNamespace)) {
      assertThat(store.renew(lease, LEASE)).isTrue();
    }
    assertThat(claim("f").orElseThrow().fence()).isGreaterThan(first.fence());
    assertThat(store.abandonAll(NAMESPACE, "nobody's")).isZero();
  }

  @Test
  void givingBackTheLeasesOfARunLeavesItsResults() {
    CacheEntry entry = publish("x");

    assertThat(store.abandonAll(NAMESPACE, "run")).isZero();
    assertThat(store.find(id).entry()).contains(entry);
  }
}

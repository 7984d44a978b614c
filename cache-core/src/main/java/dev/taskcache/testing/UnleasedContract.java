package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every store must do with results that were computed without a lease. */
abstract class UnleasedContract extends ExpiryContract {
  private static final Duration AGE = Duration.ofMinutes(10);

  private WriteOutcome.Published unleased(String text) {
    return store.publishUnleased(id, result(text), AGE);
  }

  private void isStored(WriteOutcome.Published outcome) {
    CacheEntry entry = stored(outcome);
    assertThat(store.find(id)).isEqualTo(new Found<>(entry, null, null));
    NewEntry result = result("mine");
    assertThat(entry).isEqualTo(result.storedAs(id, entry.fence(), entry.createdAt(), null));
    assertThat(store.summary(id).orElseThrow().parts()).isEqualTo(result.parts());
  }

  private void wasRefused(WriteOutcome.Published outcome) {
    assertThat(outcome).isEqualTo(new WriteOutcome.Superseded(null, null));
    assertThat(store.find(id).entry()).isEmpty();
    assertThat(store.find(id).holder()).isEmpty();
    assertThat(store.summary(id)).isEmpty();
  }

  @Test
  void isStoredWhereNothingIs() {
    isStored(unleased("mine"));
  }

  @Test
  void isStoredOverAnExpiredEntry() {
    CacheEntry old = expired();

    WriteOutcome.Published outcome = unleased("mine");

    isStored(outcome);
    assertThat(stored(outcome).fence()).isGreaterThan(old.fence());
  }

  @Test
  void isStoredWhereALeaseWasGivenBack() {
    Lease lease = claim("a").orElseThrow();
    store.abandon(lease);

    WriteOutcome.Published outcome = unleased("mine");

    isStored(outcome);
    assertThat(stored(outcome).fence()).isGreaterThan(lease.fence());
  }

  @Test
  void isStoredOverALeaseWhoseTimeIsOverAndSupersedesIt() {
    Lease late = claim("late").orElseThrow();
    elapse(LEASE);

    WriteOutcome.Published outcome = unleased("mine");

    isStored(outcome);
    CacheEntry entry = stored(outcome);
    assertThat(entry.fence()).isGreaterThan(late.fence());
    assertThat(store.renew(late, LEASE)).isFalse();
    assertThat(store.publish(late, result("late")))
        .isEqualTo(new WriteOutcome.AlreadyStored(entry));
    assertThat(store.abandon(late)).isFalse();
    assertThat(store.find(id).entry()).contains(entry);
  }

  @Test
  void givesWayToAnEntry() {
    CacheEntry entry = publish("theirs");

    assertThat(unleased("mine")).isEqualTo(new WriteOutcome.AlreadyStored(entry));
    assertThat(store.find(id)).isEqualTo(new Found<>(entry, null, null));
  }

  @Test
  void givesWayToALiveLease() {
    Lease lease = claim("a").orElseThrow();
    Found.Holder holder = store.find(id).holder().orElseThrow();

    assertThat(unleased("mine")).isEqualTo(new WriteOutcome.Superseded("a", holder.until()));
    assertThat(store.find(id)).isEqualTo(new Found<>(null, holder, null));
    stored(store.publish(lease, result("theirs")));
  }

  @Test
  void givesWayToALiveLeaseOverAnExpiredEntry() {
    expired();
    assertThat(claim("a")).isPresent();

    WriteOutcome.Superseded outcome = (WriteOutcome.Superseded) unleased("mine");
    assertThat(outcome.owner()).isEqualTo("a");
  }

  @Test
  void givesWayToAnEntryThatTheHolderOfALeaseRejected() {
    CacheEntry entry = publish("theirs");
    assertThat(claim(id, "a", entry.fence())).isPresent();

    assertThat(unleased("mine")).isEqualTo(new WriteOutcome.AlreadyStored(entry));
  }

  @Test
  void isNotStoredWhereAnEntryWasInvalidatedSinceItWasBegun() {
    publish("theirs");
    store.invalidate(NAMESPACE, new EntrySelector.Key(id.key()), "test");
    elapse(AGE.dividedBy(2));

    wasRefused(unleased("mine"));
  }

  @Test
  void isNotStoredWhereALeaseWasInvalidatedSinceItWasBegun() {
    assertThat(claim("a")).isPresent();
    store.invalidate(NAMESPACE, new EntrySelector.Key(id.key()), "test");

    wasRefused(unleased("mine"));
  }

  @Test
  void isNotStoredAfterAnInvalidationThatFoundNothingUnderItsId() {
    store.invalidate(NAMESPACE, new EntrySelector.Key(id.key()), "test");
    wasRefused(unleased("mine"));
    elapse(AGE.multipliedBy(2));

    store.invalidate(NAMESPACE, new EntrySelector.Component("contract"), "test");
    wasRefused(unleased("mine"));
  }

  @Test
  void isNotStoredAfterAnyInvalidationInItsNamespace() {
    publish(newId(), result("x", null, "another component", "another run"));
    store.invalidate(NAMESPACE, new EntrySelector.Run("another run"), "test");

    wasRefused(unleased("mine"));
  }

  @Test
  void isStoredIfItWasBegunAfterTheInvalidation() {
    publish("theirs");
    store.invalidate(NAMESPACE, new EntrySelector.Key(id.key()), "test");
    elapse(AGE.multipliedBy(2));

    isStored(unleased("mine"));
  }

  @Test
  void isStoredWhateverHappensInOtherNamespaces() {
    EntryId elsewhere = new EntryId("another", id.key());
    publish(elsewhere, result("theirs"));
    store.invalidate("another", new EntrySelector.Key(id.key()), "test");

    isStored(unleased("mine"));
  }
}

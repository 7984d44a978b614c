package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store must do when somebody declares results invalid. */
abstract class InvalidationContract extends UnleasedContract {
  private static final WriteOutcome SUPERSEDED_BY_NOBODY = new WriteOutcome.Superseded(null, null);

  private long invalidate(EntrySelector selector) {
    return store.invalidate(NAMESPACE, selector, "alice: wrong labels");
  }

  private void isInvalid(EntryId each) {
    Found<CacheEntry> found = store.find(each);
    Unusable.Invalidated gone = unusable(Unusable.Invalidated.class, found);
    assertThat(gone.by()).isEqualTo("alice: wrong labels");
    assertThat(planned(each)).isEqualTo(new Found<>(null, found.liveHolder(), gone));
  }

  private void isThere(CacheEntry entry) {
    assertThat(store.find(entry.id()).entry().map(CacheEntry::fence)).contains(entry.fence());
  }

  private CacheEntry entry(String component, String run) {
    return publish(newId(), result("x", null, component, run));
  }

  @Test
  void anInvalidEntryIsGoneAndSaysByWhomAndWhen() {
    publish("x");

    assertThat(invalidate(new EntrySelector.Key(id.key()))).isEqualTo(1);

    isInvalid(id);
    Unusable.Invalidated gone = unusable(Unusable.Invalidated.class, store.find(id));
    assertThat(gone.at()).isCloseTo(now(), within(1, ChronoUnit.MINUTES));
    assertThat(store.summary(id)).isEmpty();
    assertThat(store.earlier(NAMESPACE, "contract", 64)).isEmpty();
    assertThat(invalidate(new EntrySelector.Key(id.key()))).as("again").isZero();
  }

  @Test
  void anInvalidEntryIsToldOfUntilAnotherIsStored() {
    CacheEntry old = publish("old");
    invalidate(new EntrySelector.Key(id.key()));
    assertThat(claim(id, "rejecting", old.fence() + 1)).as("a claim names no entry").isPresent();
    store.abandonAll(NAMESPACE, "run");

    Lease lease = claim("b").orElseThrow();
    assertThat(lease.fence()).isGreaterThan(old.fence());
    assertThat(store.find(id).holder().map(Found.Holder::owner)).contains("b");
    isInvalid(id);
    store.abandon(lease);
    isInvalid(id);

    CacheEntry fresh = stored(store.publish(claim("c").orElseThrow(), result("new")));
    assertThat(store.find(id)).isEqualTo(new Found<>(fresh, null, null));
  }

  @Test
  void anExpiredEntryCanBeInvalidated() {
    expired();

    assertThat(invalidate(new EntrySelector.Component("contract"))).isEqualTo(1);
    isInvalid(id);
  }

  @Test
  void aKeyMeansOneEntryOfOneNamespace() {
    CacheEntry mine = publish("x");
    CacheEntry other = entry("contract", "run");
    CacheEntry elsewhere = publish(new EntryId("another", id.key()), result("x"));

    assertThat(invalidate(new EntrySelector.Key(id.key()))).isEqualTo(1);

    isInvalid(mine.id());
    isThere(other);
    isThere(elsewhere);
    assertThat(invalidate(new EntrySelector.Key(newId().key()))).isZero();
  }

  @Test
  void aComponentMeansItsEntriesAndLeases() {
    CacheEntry first = publish("x");
    CacheEntry second = entry("contract", "another run");
    CacheEntry other = entry("another component", "run");
    CacheEntry elsewhere = publish(new EntryId("another", id.key()), result("x"));
    Lease running = claim(newId(), "a", null).orElseThrow();

    assertThat(invalidate(new EntrySelector.Component("contract"))).isEqualTo(3);

    isInvalid(first.id());
    isInvalid(second.id());
    isThere(other);
    isThere(elsewhere);
    assertThat(store.publish(running, result("late"))).isEqualTo(SUPERSEDED_BY_NOBODY);
    isInvalid(running.id());
  }

  @Test
  void aRunMeansWhatItProducedAndWhatItIsProducing() {
    CacheEntry mine = entry("contract", "run 7");
    CacheEntry other = entry("contract", "run 8");
    Lease running = claim(newId(), "a", null, "run 7").orElseThrow();
    Lease unknown = claim(newId(), "b", null, null).orElseThrow();

    assertThat(invalidate(new EntrySelector.Run("run 7"))).isEqualTo(2);

    isInvalid(mine.id());
    isThere(other);
    assertThat(store.publish(running, result("late"))).isEqualTo(SUPERSEDED_BY_NOBODY);
    isInvalid(running.id());
    stored(store.publish(unknown, result("x")));
  }

  @Test
  void anEntryIsInvalidatedUnderALeaseOfAnotherRun() {
    CacheEntry old = publish(id, result("old", null, "contract", "run 6"));
    Lease lease = claim(id, "a", old.fence(), "run 7").orElseThrow();

    assertThat(invalidate(new EntrySelector.Run("run 6"))).isEqualTo(1);

    isInvalid(id);
    assertThat(store.find(id).holder().map(Found.Holder::owner)).contains("a");
    CacheEntry fresh = stored(store.publish(lease, result("new", null, "contract", "run 7")));
    assertThat(store.find(id)).isEqualTo(new Found<>(fresh, null, null));
  }

  @Test
  void aLeaseIsInvalidatedOverAnEntryOfAnotherRun() {
    CacheEntry old = publish(id, result("old", null, "contract", "run 6"));
    Lease lease = claim(id, "a", old.fence(), "run 7").orElseThrow();

    assertThat(invalidate(new EntrySelector.Run("run 7"))).isEqualTo(1);

    assertThat(store.find(id)).isEqualTo(new Found<>(old, null, null));
    assertThat(store.renew(lease, LEASE)).isFalse();
    assertThat(store.publish(lease, result("late"))).isEqualTo(SUPERSEDED_BY_NOBODY);
    assertThat(store.find(id)).isEqualTo(new Found<>(old, null, null));
  }

  @Test
  void anEntryAndTheLeaseOverItCountOnce() {
    CacheEntry old = publish("old");
    Lease lease = claim(id, "a", old.fence()).orElseThrow();

    assertThat(invalidate(new EntrySelector.Run("run"))).isEqualTo(1);

    assertThat(store.find(id).holder()).isEmpty();
    isInvalid(id);
    assertThat(store.publish(lease, result("late"))).isEqualTo(SUPERSEDED_BY_NOBODY);
  }

  @Test
  void aSupersededOwnerLearnsWhoRunsTheTaskNowAndThenItsResult() {
    Lease lease = claim("a").orElseThrow();
    invalidate(new EntrySelector.Key(id.key()));
    assertThat(store.abandon(lease)).isFalse();
    Lease next = claim("b").orElseThrow();
    assertThat(next.fence()).isGreaterThan(lease.fence());

    WriteOutcome.Superseded late = (WriteOutcome.Superseded) store.publish(lease, result("late"));
    assertThat(late.owner()).isEqualTo("b");
    CacheEntry entry = stored(store.publish(next, result("new")));
    assertThat(store.publish(lease, result("later")))
        .isEqualTo(new WriteOutcome.AlreadyStored(entry));
    isThere(entry);
  }

  @Test
  void anOwnerWhoseTimeIsOverIsSupersededToo() {
    Lease late = claim("a").orElseThrow();
    elapse(LEASE.multipliedBy(2));

    assertThat(invalidate(new EntrySelector.Component("contract"))).isEqualTo(1);
    assertThat(store.publish(late, result("late"))).isEqualTo(SUPERSEDED_BY_NOBODY);
  }

  @Test
  void whatWasCreatedBeforeATimeIsGoneAndWhatWasStoredSinceIsNot() {
    CacheEntry old = publish("old");
    elapse(Duration.ofHours(2));
    store.used(old.id());
    CacheEntry young = entry("contract", "run");
    Lease running = claim(newId(), "a", null).orElseThrow();

    assertThat(invalidate(new EntrySelector.CreatedBefore(now().minus(Duration.ofHours(1)))))
        .isEqualTo(1);

    isInvalid(old.id());
    isThere(young);
    stored(store.publish(running, result("x")));
  }

  @Test
  void aTaskThatRanBeforeATimeIsSuperseded() {
    Lease running = claim("a").orElseThrow();

    assertThat(invalidate(new EntrySelector.CreatedBefore(now().plus(Duration.ofHours(1)))))
        .isEqualTo(1);

    assertThat(store.publish(running, result("late"))).isEqualTo(SUPERSEDED_BY_NOBODY);
    isInvalid(id);
  }

  @Test
  void whatNobodyUsedSinceATimeIsGone() {
    CacheEntry unused = publish("unused");
    CacheEntry used = entry("contract", "run");
    elapse(Duration.ofHours(4));
    store.used(used.id());
    CacheEntry young = entry("contract", "run");
    elapse(Duration.ofHours(4));

    assertThat(invalidate(new EntrySelector.UnusedSince(now().minus(Duration.ofHours(6)))))
        .isEqualTo(1);

    isInvalid(unused.id());
    isThere(used);
    isThere(young);
  }

  @Test
  void aTaskThatIsRunningIsInUseAndTheEntryUnderItIsNot() {
    CacheEntry old = publish("old");
    Lease lease = claim(id, "a", old.fence()).orElseThrow();
    Lease alone = claim(newId(), "b", null).orElseThrow();

    assertThat(invalidate(new EntrySelector.UnusedSince(now().plus(Duration.ofHours(1)))))
        .isEqualTo(1);

    isInvalid(id);
    stored(store.publish(lease, result("new")));
    stored(store.publish(alone, result("new")));
  }

  @Test
  void usingWhatIsNotThereDoesNothing() {
    store.used(id);

    assertThat(store.find(id)).isEqualTo(Found.nothing());
    assertThat(invalidate(new EntrySelector.UnusedSince(now().plus(Duration.ofHours(1))))).isZero();
  }

  @Test
  void anInvalidationOfManyReachesThemAll() {
    List<CacheEntry> entries =
        IntStream.range(0, 300).mapToObj(i -> entry("contract", "run")).toList();

    assertThat(invalidate(new EntrySelector.Component("contract"))).isEqualTo(300);

    assertThat(entries).allSatisfy(each -> isInvalid(each.id()));
  }
}

package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Earlier;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CacheStore} must do. A store's test extends this class and says how to open a
 * store and how to let time pass.
 */
public abstract class StoreContract extends StopsContract {

  /** For subclasses. */
  protected StoreContract() {}

  @Test
  void whatWasNeverStoredIsNotFound() {
    assertThat(store.find(id)).isEqualTo(Found.nothing());
  }

  @Test
  void aPublishedResultIsFoundAndEndsTheLease() {
    Lease lease = claim("a").orElseThrow();

    CacheEntry stored = stored(store.publish(lease, result("x")));

    Found<CacheEntry> found = store.find(id);
    assertThat(found.entry()).contains(stored);
    assertThat(found.holder()).isEmpty();
    assertThat(stored.id()).isEqualTo(id);
    NewEntry published = result("x");
    assertThat(stored).isEqualTo(published.storedAs(id, lease.fence(), stored.createdAt(), null));
    assertThat(store.summary(id).orElseThrow().parts()).isEqualTo(published.parts());
    assertThat(stored.fence()).isEqualTo(lease.fence());
    assertThat(claim("b")).as("a claim over an entry that nobody rejected").isEmpty();
  }

  @Test
  void publishingAgainBecauseTheReplyWasLostIsStored() {
    Lease lease = claim("a").orElseThrow();
    CacheEntry first = stored(store.publish(lease, result("x")));

    assertThat(stored(store.publish(lease, result("x")))).isEqualTo(first);
  }

  @Test
  void aRejectedEntryCanBeReplacedAndStaysReadableUntilThen() {
    CacheEntry old = stored(store.publish(claim("a").orElseThrow(), result("old")));

    Lease lease = claim(id, "b", old.fence()).orElseThrow();
    assertThat(store.find(id).entry()).contains(old);
    CacheEntry replacement = stored(store.publish(lease, result("new")));

    assertThat(replacement.fence()).isGreaterThan(old.fence());
    assertThat(store.find(id).entry()).contains(replacement);
    assertThat(claim(id, "c", old.fence()))
        .as("a claim by somebody who rejected the entry before")
        .isEmpty();
  }

  @Test
  void namespacesAndSchemesDoNotMeet() {
    stored(store.publish(claim("a").orElseThrow(), result("x")));
    String digits = id.key().toString().substring(3);

    assertThat(store.find(new EntryId("another", id.key()))).isEqualTo(Found.nothing());
    assertThat(store.find(new EntryId(id.namespace(), CacheKey.parse("kfp2:" + digits))))
        .isEqualTo(Found.nothing());
  }

  @Test
  void manyIdsAreFoundAtOnce() {
    CacheEntry entry = stored(store.publish(claim("a").orElseThrow(), result("x")));
    EntryId leased = newId();
    Lease lease = claim(leased, "b", null).orElseThrow();
    EntryId unknown = newId();

    Map<EntryId, Found<EntryHeader>> found = store.findAll(List.of(id, leased, unknown));

    assertThat(found.keySet()).containsExactlyInAnyOrder(id, leased, unknown);
    assertThat(found.get(id)).isEqualTo(new Found<>(entry.header(), null, null));
    assertThat(found.get(unknown)).isEqualTo(Found.nothing());
    Found.Holder holder = store.find(leased).holder().orElseThrow();
    assertThat(found.get(leased)).isEqualTo(new Found<>(null, holder, null));
    assertThat(store.find(leased).holder().map(Found.Holder::fence)).contains(lease.fence());
  }

  @Test
  void earlierResultsOfAComponentAreFoundNewestFirst() {
    CacheEntry first = stored(store.publish(claim("a").orElseThrow(), result("1")));
    elapse(Duration.ofSeconds(1));
    EntryId second = newId();
    Lease lease = claim(second, "b", null).orElseThrow();
    CacheEntry newest = stored(store.publish(lease, result("2")));
    assertThat(claim(newId(), "c", null)).as("a lease is no result").isPresent();

    assertThat(store.earlier("contract", "contract", 64))
        .containsExactly(summary(newest), summary(first));
    assertThat(store.earlier("contract", "contract", 1)).containsExactly(summary(newest));
    assertThat(store.earlier("contract", "another component", 64)).isEmpty();
    assertThat(store.earlier("another", "contract", 64)).isEmpty();
  }

  @Test
  void aReplacedEntryIsNoEarlierResultAnyMore() {
    CacheEntry old = stored(store.publish(claim("a").orElseThrow(), result("old")));
    Lease lease = claim(id, "b", old.fence()).orElseThrow();
    CacheEntry replacement = stored(store.publish(lease, result("new")));

    assertThat(store.earlier("contract", "contract", 64)).containsExactly(summary(replacement));
  }

  @Test
  void whatIsKeptForExplanationsIsWhatWasPublished() {
    CacheEntry entry = publish("x");

    assertThat(store.summary(id))
        .contains(
            new Earlier(id.key(), result("x").parts(), result("x").producer(), entry.createdAt()));
    assertThat(store.summary(newId())).isEmpty();
  }

  private Earlier summary(CacheEntry entry) {
    return store.summary(entry.id()).orElseThrow();
  }
}

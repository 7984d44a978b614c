package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Purge;
import dev.taskcache.store.ReuseStops;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it means that a component is not reused, for stores that can keep it. */
abstract class StopsContract extends LinearizabilityContract {
  private static final String BY = "the contract, as x became y";

  private ReuseStops stops() {
    assumeTrue(store.stops() != ReuseStops.NONE, "the store keeps no stops");
    return store.stops();
  }

  @Test
  void aStoppedComponentIsNeitherServedNorClaimedNorStored() {
    ReuseStops stops = stops();
    publish("x");
    EntryId running = newId();
    Lease lease = claim(running, "a", null).orElseThrow();

    stops.stop(id.namespace(), "contract", BY);

    Unusable.Invalidated gone = unusable(Unusable.Invalidated.class, store.find(id));
    assertThat(gone.by()).isEqualTo(BY);
    assertThat(claim("b")).as("a lease for what was there").isEmpty();
    assertThat(claim(newId(), "b", null)).as("a lease for what was not").isEmpty();
    assertThat(store.find(id).holder()).as("what was refused is given back").isEmpty();
    assertThat(store.publish(lease, result("x")))
        .as("the result of a lease that was running")
        .isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(store.publishUnleased(newId(), result("x"), Duration.ZERO))
        .as("a result without a lease")
        .isInstanceOf(WriteOutcome.Superseded.class);
  }

  @Test
  void whatIsStoppedIsKnownUntilItIsCleared() {
    ReuseStops stops = stops();
    String namespace = newId().key().toString();
    stops.stop(namespace, "b", BY);
    stops.stop(namespace, "a", "before");
    stops.stop(namespace, "a", BY);

    List<ReuseStops.Stop> all = stops.list(namespace);
    assertThat(all).extracting(ReuseStops.Stop::component).containsExactly("a", "b");
    assertThat(all).extracting(ReuseStops.Stop::by).containsExactly(BY, BY);
    assertThat(stops.find(namespace, "a")).contains(all.get(0));
    assertThat(Duration.between(all.get(0).at(), now()).abs()).isLessThan(Duration.ofHours(1));
    assertThat(stops.find("another", "a")).as("another namespace").isEmpty();

    assertThat(stops.clear(namespace, "a")).isTrue();
    assertThat(stops.clear(namespace, "a")).isFalse();
    assertThat(stops.list(namespace)).containsExactly(all.get(1));
  }

  @Test
  void onceClearedAComponentIsClaimedAndStoredAgain() {
    ReuseStops stops = stops();
    stops.stop(id.namespace(), "contract", BY);
    stops.clear(id.namespace(), "contract");

    assertThat(publish("x")).isEqualTo(store.find(id).storedEntry());
  }

  @Test
  void otherComponentsAndNamespacesGoOn() {
    ReuseStops stops = stops();
    stops.stop(id.namespace(), "another component", BY);
    stops.stop("another namespace", "contract", BY);

    publish("x");

    assertThat(store.find(id).entry()).isPresent();
  }

  @Test
  void neitherTimeNorAPurgeEndsAStop() {
    ReuseStops stops = stops();
    stops.stop(id.namespace(), "contract", BY);
    elapse(Duration.ofDays(400));

    store.purge(new Purge(Duration.ofHours(1), Duration.ZERO));

    assertThat(stops.find(id.namespace(), "contract")).isPresent();
    assertThat(claim("a")).isEmpty();
  }
}

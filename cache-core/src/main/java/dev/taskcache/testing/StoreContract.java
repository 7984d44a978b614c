package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CacheStore} must do. A store's test extends this class and says how to open a
 * store and how to let time pass.
 */
public abstract class StoreContract {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int THREADS = 8;
  private static final int IDS = 200;

  private CacheStore store;
  private EntryId id;

  /** For subclasses. */
  protected StoreContract() {}

  /**
   * Opens a store, which the suite closes.
   *
   * @return an empty store
   */
  protected abstract CacheStore open();

  /**
   * Lets time pass for everything in the store.
   *
   * @param step how much
   */
  protected abstract void elapse(Duration step);

  @BeforeEach
  void openStore() {
    store = open();
    id = newId();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void whatWasNeverStoredIsNotFound() {
    assertThat(store.find(id)).isEqualTo(Found.NOTHING);
  }

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
  }

  @Test
  void aPublishedResultIsFoundAndEndsTheLease() {
    Lease lease = claim("a").orElseThrow();

    CacheEntry stored = stored(store.publish(lease, result("x")));

    Found found = store.find(id);
    assertThat(found.entry()).contains(stored);
    assertThat(found.holder()).isEmpty();
    assertThat(stored.id()).isEqualTo(id);
    assertThat(stored.result()).isEqualTo(result("x"));
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

    Lease lease = store.claim(id, "b", LEASE, old.fence()).orElseThrow();
    assertThat(store.find(id).entry()).contains(old);
    CacheEntry replacement = stored(store.publish(lease, result("new")));

    assertThat(replacement.fence()).isGreaterThan(old.fence());
    assertThat(store.find(id).entry()).contains(replacement);
    assertThat(store.claim(id, "c", LEASE, old.fence()))
        .as("a claim by somebody who rejected the entry before")
        .isEmpty();
  }

  @Test
  void anAbandonedLeaseLetsTheNextOneInAndPublishesNothing() {
    Lease lease = claim("a").orElseThrow();

    assertThat(store.abandon(lease)).isTrue();
    assertThat(store.find(id)).isEqualTo(Found.NOTHING);
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
  void namespacesAndSchemesDoNotMeet() {
    stored(store.publish(claim("a").orElseThrow(), result("x")));
    String digits = id.key().toString().substring(3);

    assertThat(store.find(new EntryId("another", id.key()))).isEqualTo(Found.NOTHING);
    assertThat(store.find(new EntryId(id.namespace(), CacheKey.parse("kfp2:" + digits))))
        .isEqualTo(Found.NOTHING);
  }

  @Test
  void manyIdsAreFoundAtOnce() {
    CacheEntry entry = stored(store.publish(claim("a").orElseThrow(), result("x")));
    EntryId leased = newId();
    Lease lease = store.claim(leased, "b", LEASE, null).orElseThrow();
    EntryId unknown = newId();

    Map<EntryId, Found> found = store.findAll(List.of(id, leased, unknown));

    assertThat(found)
        .isEqualTo(
            Map.of(id, new Found(entry, null), leased, store.find(leased), unknown, Found.NOTHING));
    assertThat(store.find(leased).holder().map(Found.Holder::fence)).contains(lease.fence());
  }

  @Test
  void earlierResultsOfAComponentAreFoundNewestFirst() {
    CacheEntry first = stored(store.publish(claim("a").orElseThrow(), result("1")));
    elapse(Duration.ofSeconds(1));
    EntryId second = newId();
    Lease lease = store.claim(second, "b", LEASE, null).orElseThrow();
    CacheEntry newest = stored(store.publish(lease, result("2")));
    assertThat(store.claim(newId(), "c", LEASE, null)).as("a lease is no result").isPresent();

    assertThat(store.earlier("contract", "contract", 64))
        .containsExactly(summary(newest), summary(first));
    assertThat(store.earlier("contract", "contract", 1)).containsExactly(summary(newest));
    assertThat(store.earlier("contract", "another component", 64)).isEmpty();
    assertThat(store.earlier("another", "contract", 64)).isEmpty();
  }

  @Test
  void aReplacedEntryIsNoEarlierResultAnyMore() {
    CacheEntry old = stored(store.publish(claim("a").orElseThrow(), result("old")));
    Lease lease = store.claim(id, "b", LEASE, old.fence()).orElseThrow();
    CacheEntry replacement = stored(store.publish(lease, result("new")));

    assertThat(store.earlier("contract", "contract", 64)).containsExactly(summary(replacement));
  }

  private static Earlier summary(CacheEntry entry) {
    return new Earlier(
        entry.id().key(), entry.result().parts(), entry.result().producer(), entry.createdAt());
  }

  @Test
  void whoeverWaitsReceivesThePublishedEntry() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found> waiting = threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      CacheEntry entry = stored(store.publish(lease, result("x")));

      assertThat(waiting.get(60, TimeUnit.SECONDS).entry()).contains(entry);
    }
  }

  @Test
  void whoeverWaitsLearnsThatTheLeaseWasGivenBack() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found> waiting = threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      store.abandon(lease);

      assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(Found.NOTHING);
    }
  }

  @Test
  void whoeverWaitsLearnsThatTheLeaseIsOver() throws Exception {
    Lease lease = claim("a").orElseThrow();
    try (Threads threads = new Threads(1)) {
      Future<Found> waiting = threads.run(() -> store.await(id, lease.fence(), PATIENCE));
      elapse(LEASE);

      assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(Found.NOTHING);
    }
  }

  @Test
  void whoeverWaitsSeesTheSameLeaseWhenTheTimeIsOver() throws Exception {
    Lease lease = claim("a").orElseThrow();

    Found found = store.await(id, lease.fence(), Duration.ofMillis(1));

    assertThat(found.holder().map(Found.Holder::fence)).contains(lease.fence());
  }

  @Test
  void ofManyClaimersExactlyOneGetsEachLease() throws Exception {
    List<EntryId> ids = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      ids.add(newId());
    }
    int leases = 0;
    try (Threads threads = new Threads(THREADS)) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        counts.add(threads.run(() -> claimAll(ids)));
      }
      for (Future<Integer> count : counts) {
        leases += count.get(60, TimeUnit.SECONDS);
      }
    }

    assertThat(leases).isEqualTo(IDS);
  }

  private int claimAll(List<EntryId> ids) {
    int claimed = 0;
    for (EntryId each : ids) {
      String owner = UUID.randomUUID().toString();
      claimed += store.claim(each, owner, LEASE, null).isPresent() ? 1 : 0;
    }
    return claimed;
  }

  private Optional<Lease> claim(String owner) {
    return store.claim(id, owner, LEASE, null);
  }

  private static EntryId newId() {
    String digits = ValueDigest.of(InputValue.of(UUID.randomUUID().toString())).hex();
    return new EntryId("contract", CacheKey.parse("k1:" + digits));
  }

  private static CacheEntry.Result result(String text) {
    Outputs outputs = Outputs.of(Map.of("text", text));
    ValueDigest digest = ValueDigest.of(outputs.values());
    return new CacheEntry.Result(
        outputs,
        digest.hex(),
        digest.bytes(),
        new KeyParts(
            Map.of(KeyPart.INPUTS, new KeyParts.Part("ab", Map.of("x", "0011"), Map.of("x", "1")))),
        "contract",
        new TaskIdentity("pipeline", "run", "task"),
        Duration.ofMillis(1234));
  }

  private static CacheEntry stored(WriteOutcome.Published published) {
    assertThat(published).isInstanceOf(WriteOutcome.Stored.class);
    return ((WriteOutcome.Stored) published).entry();
  }

  /** Threads that end with the test. */
  private record Threads(ExecutorService executor) implements AutoCloseable {
    Threads(int count) {
      this(Executors.newFixedThreadPool(count));
    }

    <T> Future<T> run(Callable<T> task) {
      return executor.submit(task);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}

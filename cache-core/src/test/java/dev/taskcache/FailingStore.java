package dev.taskcache;

import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Purge;
import dev.taskcache.store.ReuseStops;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A store whose calls fail where the test says so, and that counts them. */
final class FailingStore implements CacheStore {
  enum Call {
    FIND,
    FIND_ALL,
    SUMMARY,
    EARLIER,
    CLAIM,
    RENEW,
    PUBLISH,
    PUBLISH_UNLEASED,
    ABANDON,
    AWAIT,
    USED,
    INVALIDATE,
    PURGE
  }

  final Set<Call> failing = EnumSet.noneOf(Call.class);
  final Map<Call, Integer> calls = new HashMap<>();
  private final CacheStore store;

  /** What becomes of what the store finds before the cache sees it. */
  UnaryOperator<Found<CacheEntry>> seen = UnaryOperator.identity();

  FailingStore() {
    this(new InMemoryStore());
  }

  FailingStore(CacheStore store) {
    this.store = store;
  }

  int count(Call call) {
    return calls.getOrDefault(call, 0);
  }

  private synchronized void call(Call call) {
    calls.merge(call, 1, Integer::sum);
    if (failing.contains(call)) {
      throw new IllegalStateException("the store is down");
    }
  }

  @Override
  public Found<CacheEntry> find(EntryId id) {
    call(Call.FIND);
    return seen.apply(store.find(id));
  }

  @Override
  public Map<EntryId, Found<EntryHeader>> findAll(Collection<EntryId> ids) {
    call(Call.FIND_ALL);
    return store.findAll(ids);
  }

  @Override
  public Optional<Earlier> summary(EntryId id) {
    call(Call.SUMMARY);
    return store.summary(id);
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    call(Call.EARLIER);
    return store.earlier(namespace, component, most);
  }

  @Override
  public Optional<Lease> claim(EntryId id, Claim claim) {
    call(Call.CLAIM);
    return store.claim(id, claim);
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    call(Call.RENEW);
    return store.renew(lease, length);
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    call(Call.PUBLISH);
    return store.publish(lease, result);
  }

  @Override
  public WriteOutcome.Published publishUnleased(EntryId id, NewEntry result, Duration age) {
    call(Call.PUBLISH_UNLEASED);
    return store.publishUnleased(id, result, age);
  }

  @Override
  public boolean abandon(Lease lease) {
    call(Call.ABANDON);
    return store.abandon(lease);
  }

  @Override
  public int abandonAll(String namespace, String run) {
    call(Call.ABANDON);
    return store.abandonAll(namespace, run);
  }

  @Override
  public Found<CacheEntry> await(EntryId id, long fence, Duration timeout)
      throws InterruptedException {
    call(Call.AWAIT);
    return seen.apply(store.await(id, fence, timeout));
  }

  @Override
  public void used(EntryId id) {
    call(Call.USED);
    store.used(id);
  }

  @Override
  public long invalidate(String namespace, EntrySelector selector, String by) {
    call(Call.INVALIDATE);
    return store.invalidate(namespace, selector, by);
  }

  @Override
  public Purge.Purged purge(Purge purge) {
    call(Call.PURGE);
    return store.purge(purge);
  }

  @Override
  public ReuseStops stops() {
    return store.stops();
  }

  @Override
  public void close() {
    store.close();
  }
}

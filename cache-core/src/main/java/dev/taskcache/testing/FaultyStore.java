package dev.taskcache.testing;

import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Purge;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store that fails, delays, loses or corrupts where the test says so, in front of a real one, and
 * counts its calls. What chance decides depends on the seed alone, and on the order of the calls.
 * Thread-safe.
 */
public final class FaultyStore implements CacheStore {
  private final CacheStore store;
  private final long seed;
  private final SettableClock clock;
  private final Faults faults;

  /** The methods of a store that rules are about. */
  public enum Call {
    /** {@link CacheStore#find}. */
    FIND,
    /** {@link CacheStore#findAll}. */
    FIND_ALL,
    /** {@link CacheStore#summary}. */
    SUMMARY,
    /** {@link CacheStore#earlier}. */
    EARLIER,
    /** {@link CacheStore#claim}. */
    CLAIM,
    /** {@link CacheStore#renew}. */
    RENEW,
    /** {@link CacheStore#publish}. */
    PUBLISH,
    /** {@link CacheStore#publishUnleased}. */
    PUBLISH_UNLEASED,
    /** {@link CacheStore#abandon}. */
    ABANDON,
    /** {@link CacheStore#abandonAll}. */
    ABANDON_ALL,
    /** {@link CacheStore#await}. */
    AWAIT,
    /** {@link CacheStore#used}. */
    USED,
    /** {@link CacheStore#invalidate}. */
    INVALIDATE,
    /** {@link CacheStore#purge}. */
    PURGE
  }

  /**
   * A store without faults yet.
   *
   * @param store the real one, which {@link #close} closes
   * @param clock the test's, on which delays take their time
   * @param seed what chance depends on; print it when a test of chance fails
   */
  public FaultyStore(CacheStore store, SettableClock clock, long seed) {
    this.store = store;
    this.clock = clock;
    this.seed = seed;
    this.faults = new Faults(seed);
  }

  /**
   * Begins a rule about what goes wrong.
   *
   * @param calls which calls; none means all of them
   * @return the rule, which says what happens next
   */
  public FaultRule on(Call... calls) {
    return new FaultRule(
        this, calls.length == 0 ? EnumSet.allOf(Call.class) : EnumSet.copyOf(List.of(calls)));
  }

  /** Ends all rules. What was lost stays lost. */
  public void heal() {
    faults.clear();
  }

  /**
   * How often something was called, failed calls among them.
   *
   * @param call what
   * @return how often so far
   */
  public int count(Call call) {
    return faults.count(call);
  }

  void add(Faults.Rule rule) {
    faults.add(rule);
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  private <T> T call(Call call, Supplier<T> work) {
    return call(call, kinds -> work.get());
  }

  private <T> T call(Call call, Function<Set<FaultKind>, T> work) {
    Set<FaultKind> kinds = begin(call);
    T answer = work.apply(kinds);
    end(call, kinds);
    return answer;
  }

  private Set<FaultKind> begin(Call call) {
    Set<FaultKind> kinds = faults.begin(call);
    if (kinds.contains(FaultKind.FAIL)) {
      throw new StoreException(call + " failed on demand (seed " + seed + ")");
    }
    return kinds;
  }

  private void end(Call call, Set<FaultKind> kinds) {
    if (kinds.contains(FaultKind.LOSE_REPLY)) {
      throw new StoreException("the reply to " + call + " was lost on demand (seed " + seed + ")");
    }
  }

  private static Found<CacheEntry> seen(Found<CacheEntry> found, Set<FaultKind> kinds) {
    return found.entry().map(entry -> seen(found, entry.header(), kinds)).orElse(found);
  }

  /** The same of an entry, or of its header alone. */
  private static <E> Found<E> seen(Found<E> found, EntryHeader header, Set<FaultKind> kinds) {
    if (kinds.contains(FaultKind.LOSE)) {
      return new Found<>(null, found.liveHolder(), null, found.readAt());
    } else if (kinds.contains(FaultKind.CORRUPT)) {
      Unusable damaged = new Unusable.Damaged("corrupted on demand", header.fence());
      return new Found<>(null, found.liveHolder(), damaged, found.readAt());
    }
    return found;
  }

  @Override
  public Found<CacheEntry> find(EntryId id) {
    return call(Call.FIND, kinds -> seen(store.find(id), kinds));
  }

  @Override
  public Map<EntryId, Found<EntryHeader>> findAll(Collection<EntryId> ids) {
    return call(
        Call.FIND_ALL,
        kinds -> {
          Map<EntryId, Found<EntryHeader>> found = new LinkedHashMap<>(store.findAll(ids));
          found.replaceAll(
              (id, each) -> each.entry().map(header -> seen(each, header, kinds)).orElse(each));
          return found;
        });
  }

  @Override
  public Optional<Earlier> summary(EntryId id) {
    return call(Call.SUMMARY, () -> store.summary(id));
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    return call(Call.EARLIER, () -> store.earlier(namespace, component, most));
  }

  @Override
  public Optional<Lease> claim(EntryId id, Claim claim) {
    return call(Call.CLAIM, () -> store.claim(id, claim));
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    return call(Call.RENEW, () -> store.renew(lease, length));
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    return call(
        Call.PUBLISH,
        kinds ->
            kinds.contains(FaultKind.LOSE) ? lost(lease, result) : store.publish(lease, result));
  }

  /** As if it were stored. */
  private WriteOutcome.Published lost(Lease lease, NewEntry result) {
    store.abandon(lease);
    Instant now = clock.instant();
    Instant expiry = result.lifetime() == null ? null : now.plus(result.lifetime());
    return new WriteOutcome.Stored(
        result.storedAs(lease.id(), lease.fence(), now, expiry, result.sign(now, expiry)));
  }

  @Override
  public WriteOutcome.Published publishUnleased(EntryId id, NewEntry result, Duration age) {
    return call(Call.PUBLISH_UNLEASED, () -> store.publishUnleased(id, result, age));
  }

  @Override
  public boolean abandon(Lease lease) {
    return call(Call.ABANDON, () -> store.abandon(lease));
  }

  @Override
  public int abandonAll(String namespace, String run) {
    return call(Call.ABANDON_ALL, () -> store.abandonAll(namespace, run));
  }

  @Override
  public Found<CacheEntry> await(EntryId id, long fence, Duration timeout)
      throws InterruptedException {
    Set<FaultKind> kinds = begin(Call.AWAIT);
    Found<CacheEntry> found = seen(store.await(id, fence, timeout), kinds);
    end(Call.AWAIT, kinds);
    return found;
  }

  @Override
  public void used(EntryId id) {
    call(
        Call.USED,
        () -> {
          store.used(id);
          return true;
        });
  }

  @Override
  public long invalidate(String namespace, EntrySelector selector, String by) {
    return call(Call.INVALIDATE, () -> store.invalidate(namespace, selector, by));
  }

  @Override
  public Purge.Purged purge(Purge purge) {
    return call(Call.PURGE, () -> store.purge(purge));
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public String toString() {
    return "a faulty store with seed " + seed;
  }
}

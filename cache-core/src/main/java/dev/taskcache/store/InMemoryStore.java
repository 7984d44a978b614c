package dev.taskcache.store;

import dev.taskcache.explain.Earlier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store in this JVM's memory. It never evicts: it is for one process's life, and for tests.
 * Several caches may share one; they then behave like several processes. Thread-safe.
 */
public final class InMemoryStore implements CacheStore {
  // A clock that a test moves wakes nobody, so waiters look again this often.
  private static final Duration LONGEST_NAP = Duration.ofMillis(50);

  private final ConcurrentHashMap<EntryId, MemoryRow> rows = new ConcurrentHashMap<>();
  // By namespace; also the monitor that invalidations and results without a lease share.
  private final Map<String, Instant> invalidations = new HashMap<>();
  private final NewestEntries newest = new NewestEntries();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Clock clock;

  /** A store on the system's clock. */
  public InMemoryStore() {
    this(Clock.systemUTC());
  }

  /**
   * A store on a given clock.
   *
   * @param clock what decides when a lease is over
   */
  public InMemoryStore(Clock clock) {
    this.clock = clock;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public Found<CacheEntry> find(EntryId id) {
    MemoryRow row = rows.get(id);
    return row == null ? Found.nothing() : row.seenAt(now());
  }

  @Override
  public Map<EntryId, Found<EntryHeader>> findAll(Collection<EntryId> ids) {
    Map<EntryId, Found<EntryHeader>> found = new LinkedHashMap<>();
    for (EntryId id : ids) {
      Found<CacheEntry> one = find(id);
      found.put(
          id,
          new Found<>(
              one.entry().map(CacheEntry::header).orElse(null),
              one.liveHolder(),
              one.unusable(),
              one.readAt()));
    }
    return found;
  }

  @Override
  public Optional<Earlier> summary(EntryId id) {
    return Optional.ofNullable(rows.get(id)).flatMap(MemoryRow::summary);
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    return newest.of(namespace, component, most);
  }

  @Override
  public Optional<Lease> claim(EntryId id, Claim claim) {
    Instant now = now();
    boolean[] claimed = {false};
    MemoryRow after =
        rows.compute(
            id,
            (ignored, row) -> {
              MemoryRow before = row == null ? MemoryRow.EMPTY : row;
              claimed[0] = before.claimable(claim, now);
              return claimed[0] ? before.claimed(claim, now) : before;
            });
    return claimed[0] ? Optional.of(new Lease(id, claim.owner(), after.fence())) : Optional.empty();
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    Instant until = now().plus(length);
    MemoryRow after =
        rows.computeIfPresent(
            lease.id(), (id, row) -> row.heldBy(lease) ? row.leasedUntil(until) : row);
    return after != null && after.heldBy(lease);
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    Dated dated = Dated.of(result, now());
    MemoryRow after =
        rows.computeIfPresent(
            lease.id(),
            (id, row) -> row.heldBy(lease) ? publish(id, row, lease.fence(), dated) : row);
    signal();
    return after == null
        ? new WriteOutcome.Superseded(null, null)
        : outcome(after, lease, dated.createdAt());
  }

  /** A result with its times, and signed over them before any row is locked. */
  private record Dated(
      NewEntry result,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable EntrySignature signature) {
    static Dated of(NewEntry result, Instant now) {
      Instant expiry = result.lifetime() == null ? null : now.plus(result.lifetime());
      return new Dated(result, now, expiry, result.sign(now, expiry));
    }

    CacheEntry under(EntryId id, long fence) {
      return result.storedAs(id, fence, createdAt, expiresAt, signature);
    }
  }

  private MemoryRow publish(EntryId id, MemoryRow row, long fence, Dated dated) {
    NewEntry result = dated.result();
    MemoryRow published = row.published(dated.under(id, fence), result.parts());
    // Inside compute: of two results of one id, the later one is the newer one here, too.
    published.summary().ifPresent(summary -> newest.add(id, result.component(), summary));
    return published;
  }

  private static WriteOutcome.Published outcome(MemoryRow row, Lease lease, Instant now) {
    Found<CacheEntry> found = row.seenAt(now);
    CacheEntry there = found.storedEntry();
    if (there != null && there.fence() == lease.fence()) {
      return new WriteOutcome.Stored(there);
    } else if (there != null && there.fence() > lease.fence()) {
      return new WriteOutcome.AlreadyStored(there);
    }
    return superseded(found);
  }

  private static WriteOutcome.Superseded superseded(Found<CacheEntry> found) {
    return new WriteOutcome.Superseded(
        found.holder().map(Found.Holder::owner).orElse(null),
        found.holder().map(Found.Holder::until).orElse(null));
  }

  @Override
  public WriteOutcome.Published publishUnleased(EntryId id, NewEntry result, Duration age) {
    Instant now = now();
    Dated dated = Dated.of(result, now);
    boolean[] stored = {false};
    MemoryRow after;
    // Not while somebody invalidates: an id that appears behind the iteration would stay.
    synchronized (invalidations) {
      Instant invalidated = invalidations.getOrDefault(id.namespace(), Instant.MIN);
      boolean valid = !invalidated.isAfter(now.minus(age));
      after =
          rows.compute(
              id,
              (ignored, row) -> {
                MemoryRow before = row == null ? MemoryRow.EMPTY : row;
                stored[0] = valid && !before.leased(now) && !before.serves(now);
                return stored[0] ? publish(id, before, before.nextFence(now), dated) : row;
              });
    }
    signal();
    if (stored[0] && after != null && after.stored() != null) {
      return new WriteOutcome.Stored(after.stored().entry());
    }
    Found<CacheEntry> found = after == null ? Found.nothing() : after.seenAt(now);
    return found.storedEntry() == null
        ? superseded(found)
        : new WriteOutcome.AlreadyStored(found.storedEntry());
  }

  @Override
  public boolean abandon(Lease lease) {
    boolean[] held = {false};
    rows.computeIfPresent(
        lease.id(),
        (id, row) -> {
          held[0] = row.heldBy(lease);
          return held[0] ? row.released(now()) : row;
        });
    signal();
    return held[0];
  }

  @Override
  public int abandonAll(String namespace, String run) {
    int abandoned = 0;
    for (Map.Entry<EntryId, MemoryRow> each : rows.entrySet()) {
      MemoryRow.Owner owner = each.getValue().owner();
      if (each.getKey().namespace().equals(namespace) && owner != null && run.equals(owner.run())) {
        Lease lease = new Lease(each.getKey(), owner.name(), each.getValue().fence());
        abandoned += abandon(lease) ? 1 : 0;
      }
    }
    return abandoned;
  }

  @Override
  public Found<CacheEntry> await(EntryId id, long fence, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (true) {
        Found<CacheEntry> found = find(id);
        long left = deadline - System.nanoTime();
        if (found.holder().isEmpty() || found.holder().get().fence() != fence || left <= 0) {
          return found;
        }
        changed.awaitNanos(Math.min(left, LONGEST_NAP.toNanos()));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void used(EntryId id) {
    rows.computeIfPresent(id, (ignored, row) -> row.usedAt(now()));
  }

  @Override
  public long invalidate(String namespace, EntrySelector selector, String by) {
    long[] hit = {0};
    synchronized (invalidations) {
      MemoryRow.Mark mark = new MemoryRow.Mark(now(), by);
      invalidations.put(namespace, mark.at());
      for (EntryId each : rows.keySet()) {
        if (each.namespace().equals(namespace)) {
          rows.computeIfPresent(each, (id, row) -> invalidate(id, row, selector, mark, hit));
        }
      }
    }
    signal();
    return hit[0];
  }

  private MemoryRow invalidate(
      EntryId id, MemoryRow row, EntrySelector selector, MemoryRow.Mark mark, long[] hit) {
    boolean entry = row.entryMatches(selector);
    boolean lease = row.leaseMatches(id, selector);
    if (entry) {
      forget(id, row);
    }
    hit[0] += entry || lease ? 1 : 0;
    return entry || lease ? row.invalidated(entry, lease, mark) : row;
  }

  private void forget(EntryId id, MemoryRow row) {
    MemoryRow.Stored stored = row.stored();
    if (stored != null) {
      newest.remove(id, stored.entry().header().component());
    }
  }

  @Override
  public Purge.Purged purge(Purge purge) {
    Instant now = now();
    long[] gone = {0, 0};
    for (EntryId each : rows.keySet()) {
      rows.computeIfPresent(
          each,
          (id, row) -> {
            if (!row.over(purge, now)) {
              return row;
            }
            forget(id, row);
            gone[row.stored() == null ? 1 : 0]++;
            return null;
          });
    }
    return new Purge.Purged(gone[0], gone[1]);
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    // There is nothing that the store opened.
  }
}

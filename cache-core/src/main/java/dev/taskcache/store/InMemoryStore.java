package dev.taskcache.store;

import dev.taskcache.explain.Earlier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

  private final ConcurrentHashMap<EntryId, Row> rows = new ConcurrentHashMap<>();
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

  @Override
  public Found find(EntryId id) {
    Row row = rows.get(id);
    return row == null ? Found.NOTHING : row.seenAt(clock.instant());
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    return newest.of(namespace, component, most);
  }

  @Override
  public Optional<Lease> claim(
      EntryId id, String owner, Duration length, @Nullable Long rejectedFence) {
    Instant now = clock.instant();
    Row after =
        rows.compute(
            id,
            (ignored, row) -> {
              Row before = row == null ? Row.EMPTY : row;
              return before.claimable(owner, rejectedFence, now)
                  ? before.claimedBy(owner, now.plus(length), now)
                  : before;
            });
    return owner.equals(after.owner())
        ? Optional.of(new Lease(id, owner, after.fence()))
        : Optional.empty();
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    Instant until = clock.instant().plus(length);
    Row after =
        rows.computeIfPresent(
            lease.id(), (id, row) -> row.heldBy(lease) ? row.leasedUntil(until) : row);
    return after != null && after.heldBy(lease);
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, CacheEntry.Result result) {
    Instant now = clock.instant();
    CacheEntry entry = new CacheEntry(lease.id(), result, now, lease.fence());
    Row after =
        rows.computeIfPresent(
            lease.id(), (id, row) -> row.heldBy(lease) ? row.published(entry) : row);
    signal();
    if (after == null) {
      return new WriteOutcome.Superseded(null, null);
    }
    CacheEntry stored = after.entry();
    if (stored != null && stored.fence() == lease.fence()) {
      newest.add(stored);
      return new WriteOutcome.Stored(stored);
    } else if (stored != null && stored.fence() > lease.fence()) {
      return new WriteOutcome.AlreadyStored(stored);
    }
    Found found = after.seenAt(now);
    return new WriteOutcome.Superseded(
        found.holder().map(Found.Holder::owner).orElse(null),
        found.holder().map(Found.Holder::until).orElse(null));
  }

  @Override
  public boolean abandon(Lease lease) {
    boolean[] held = {false};
    rows.computeIfPresent(
        lease.id(),
        (id, row) -> {
          held[0] = row.heldBy(lease);
          return held[0] ? row.released() : row;
        });
    signal();
    return held[0];
  }

  @Override
  public Found await(EntryId id, long fence, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        Found found = find(id);
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

  /** What stands under one id: the entry and the lease together, so that they change together. */
  private record Row(
      long fence, @Nullable String owner, Instant leaseUntil, @Nullable CacheEntry entry) {
    static final Row EMPTY = new Row(0, null, Instant.EPOCH, null);

    Found seenAt(Instant now) {
      Found.Holder holder =
          owner != null && leaseUntil.isAfter(now)
              ? new Found.Holder(owner, fence, leaseUntil)
              : null;
      return new Found(entry, holder);
    }

    boolean claimable(String claimer, @Nullable Long rejectedFence, Instant now) {
      boolean free = owner == null || owner.equals(claimer) || !leaseUntil.isAfter(now);
      return free && (entry == null || Long.valueOf(entry.fence()).equals(rejectedFence));
    }

    Row claimedBy(String claimer, Instant until, Instant now) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
      long next = claimer.equals(owner) ? fence : Math.max(fence + 1, micros);
      return new Row(next, claimer, until, entry);
    }

    boolean heldBy(Lease lease) {
      return lease.owner().equals(owner) && lease.fence() == fence;
    }

    Row leasedUntil(Instant until) {
      return new Row(fence, owner, until, entry);
    }

    Row published(CacheEntry published) {
      return new Row(fence, null, Instant.EPOCH, published);
    }

    Row released() {
      return new Row(fence, null, Instant.EPOCH, entry);
    }
  }
}

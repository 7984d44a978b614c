package dev.taskcache.testing;

import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySeal;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Purge;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store as one test sees it. Every namespace is another one's, whose name begins with a text that
 * the test never sees, so that tests which all say {@code default} do not meet. And every time is
 * later, by as much as the test has let pass: the rows are that much older. Thread-safe.
 *
 * @param store where entries really are; the caller closes it
 * @param prefix how the names of namespaces really begin
 * @param passed how much time the test has let pass
 */
record IsolatedStore(CacheStore store, String prefix, Supplier<Duration> passed)
    implements CacheStore {

  private EntryId inside(EntryId id) {
    return new EntryId(prefix + id.namespace(), id.key());
  }

  private Lease inside(Lease lease) {
    return new Lease(inside(lease.id()), lease.owner(), lease.fence());
  }

  /** What is signed are the times that readers here will see. */
  private NewEntry inside(NewEntry result) {
    EntrySeal seal = result.seal();
    return seal == null
        ? result
        : result.sealedBy((created, expires) -> seal.sign(later(created), outside(expires)));
  }

  private EntrySelector inside(EntrySelector selector) {
    if (selector instanceof EntrySelector.CreatedBefore created) {
      return new EntrySelector.CreatedBefore(created.time().minus(passed.get()));
    } else if (selector instanceof EntrySelector.UnusedSince unused) {
      return new EntrySelector.UnusedSince(unused.time().minus(passed.get()));
    }
    return selector;
  }

  private EntryId outside(EntryId id) {
    return new EntryId(id.namespace().substring(prefix.length()), id.key());
  }

  private @Nullable Instant outside(@Nullable Instant time) {
    return time == null ? null : later(time);
  }

  private Instant later(Instant time) {
    return time.plus(passed.get());
  }

  private CacheEntry outside(CacheEntry entry) {
    return new CacheEntry(outside(entry.header()), entry.outputs());
  }

  private EntryHeader outside(EntryHeader header) {
    return new EntryHeader(
        outside(header.id()),
        header.component(),
        header.producer(),
        header.duration(),
        header.digest(),
        header.bytes(),
        later(header.createdAt()),
        outside(header.expiresAt()),
        header.fence(),
        header.signature());
  }

  private Earlier outside(Earlier earlier) {
    return new Earlier(
        earlier.key(), earlier.parts(), earlier.producer(), later(earlier.createdAt()));
  }

  private Unusable outside(Unusable unusable) {
    if (unusable instanceof Unusable.Expired expired) {
      return new Unusable.Expired(later(expired.at()), expired.fence());
    } else if (unusable instanceof Unusable.Invalidated gone) {
      return new Unusable.Invalidated(later(gone.at()), gone.by());
    }
    return unusable;
  }

  private Found<CacheEntry> outside(Found<CacheEntry> found) {
    return with(found, found.entry().map(this::outside).orElse(null));
  }

  private <E> Found<E> with(Found<?> found, @Nullable E entry) {
    Found.Holder holder = found.liveHolder();
    Unusable unusable = found.unusable();
    return new Found<>(
        entry,
        holder == null
            ? null
            : new Found.Holder(holder.owner(), holder.fence(), later(holder.until())),
        unusable == null ? null : outside(unusable),
        outside(found.readAt()));
  }

  private WriteOutcome.Published outside(WriteOutcome.Published outcome) {
    if (outcome instanceof WriteOutcome.Stored stored) {
      return new WriteOutcome.Stored(outside(stored.entry()));
    } else if (outcome instanceof WriteOutcome.AlreadyStored stored) {
      return new WriteOutcome.AlreadyStored(outside(stored.entry()));
    } else if (outcome instanceof WriteOutcome.Superseded superseded) {
      return new WriteOutcome.Superseded(superseded.owner(), outside(superseded.until()));
    }
    return outcome;
  }

  @Override
  public Found<CacheEntry> find(EntryId id) {
    return outside(store.find(inside(id)));
  }

  @Override
  public Map<EntryId, Found<EntryHeader>> findAll(Collection<EntryId> ids) {
    Map<EntryId, Found<EntryHeader>> found = new LinkedHashMap<>();
    store
        .findAll(ids.stream().map(this::inside).toList())
        .forEach(
            (id, each) ->
                found.put(outside(id), with(each, each.entry().map(this::outside).orElse(null))));
    return found;
  }

  @Override
  public Optional<Earlier> summary(EntryId id) {
    return store.summary(inside(id)).map(this::outside);
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    return store.earlier(prefix + namespace, component, most).stream().map(this::outside).toList();
  }

  @Override
  public Optional<Lease> claim(EntryId id, Claim claim) {
    return store.claim(inside(id), claim).map(lease -> new Lease(id, lease.owner(), lease.fence()));
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    return store.renew(inside(lease), length);
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, NewEntry result) {
    return outside(store.publish(inside(lease), inside(result)));
  }

  @Override
  public WriteOutcome.Published publishUnleased(EntryId id, NewEntry result, Duration age) {
    return outside(store.publishUnleased(inside(id), inside(result), age));
  }

  @Override
  public boolean abandon(Lease lease) {
    return store.abandon(inside(lease));
  }

  @Override
  public int abandonAll(String namespace, String run) {
    return store.abandonAll(prefix + namespace, run);
  }

  @Override
  public Found<CacheEntry> await(EntryId id, long fence, Duration timeout)
      throws InterruptedException {
    return outside(store.await(inside(id), fence, timeout));
  }

  @Override
  public void used(EntryId id) {
    store.used(inside(id));
  }

  @Override
  public long invalidate(String namespace, EntrySelector selector, String by) {
    return store.invalidate(prefix + namespace, inside(selector), by);
  }

  /** A purge knows no namespaces: it would be of other tests' entries, too. */
  @Override
  public Purge.Purged purge(Purge purge) {
    throw new UnsupportedOperationException(
        "a purge takes other tests' entries, too; ask the shared store itself, or test it in memory");
  }

  /** The store is the caller's. */
  @Override
  public void close() {}
}

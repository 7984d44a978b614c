package dev.taskcache.store;

import dev.taskcache.explain.Earlier;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where entries and leases are: the narrowest interface that serves the one path of a request.
 *
 * <p>Each method is atomic for its id. Implementations are thread-safe, and are used by many
 * processes at once where they are shared. Time is the store's own, never the caller's. The
 * contract suite in {@code dev.taskcache.testing} says what each method must do.
 *
 * <p><b>Failure.</b> Every method may throw {@link StoreException}, or any other RuntimeException,
 * which the cache treats alike: a miss with that reason, or a result that is not stored. A method
 * that threw may or may not have taken effect; every one can be repeated with the same arguments.
 * An {@link Error} propagates.
 */
public interface CacheStore extends ResultPublisher, AutoCloseable {

  /**
   * What is there now. Writes nothing. An entry's outputs have the digest that its header says, as
   * a signature is over that; where they do not, the entry is damaged.
   *
   * @param id the id
   * @return the entry and the live lease, as far as there are any
   */
  Found<CacheEntry> find(EntryId id);

  /**
   * What is there now, for many ids. Writes nothing, reads no outputs.
   *
   * @param ids the ids
   * @return an answer for each of them
   */
  Map<EntryId, Found<EntryHeader>> findAll(Collection<EntryId> ids);

  /**
   * What is kept of one result for explanations. Writes nothing, reads no outputs.
   *
   * @param id the id
   * @return empty if there is no entry
   */
  Optional<Earlier> summary(EntryId id);

  /**
   * What was stored for a component lately, for explanations. Writes nothing, reads no outputs.
   *
   * @param namespace the namespace
   * @param component what people call the component
   * @param most how many at most
   * @return the newest first; may be empty
   */
  List<Earlier> earlier(String namespace, String component, int most);

  /**
   * Takes the lease, if nobody else holds it and there is no entry but an expired or the rejected
   * one.
   *
   * @param id what the task will produce
   * @param claim who claims, for how long, and what it rejects
   * @return the lease; empty if somebody else was faster: find again
   */
  Optional<Lease> claim(EntryId id, Claim claim);

  /**
   * Prolongs a lease from now on, also one whose time is over but that nobody took.
   *
   * @param lease the lease
   * @param length how long it lives from now
   * @return false if the lease is lost
   */
  boolean renew(Lease lease, Duration length);

  /**
   * Stores a result that was computed without a lease, if nobody holds one, there is no entry that
   * can be served, and nobody invalidated anything in the namespace meanwhile: nothing tells which
   * tasks without a lease an invalidation meant.
   *
   * @param id the id
   * @param result what to store
   * @param age how long ago the task was begun
   * @return what became of it; already stored if there is an entry that can be served, whoever
   *     holds a lease; superseded by nobody if the namespace was invalidated
   */
  WriteOutcome.Published publishUnleased(EntryId id, NewEntry result, Duration age);

  /**
   * Gives a lease back, without a result.
   *
   * @param lease the lease
   * @return false if it was lost already
   */
  boolean abandon(Lease lease);

  /**
   * Gives back all leases of a run, whoever holds them: the run was cancelled or died.
   *
   * @param namespace the namespace
   * @param run the run's id
   * @return how many
   */
  int abandonAll(String namespace, String run);

  /**
   * Waits while a lease is what {@link #find} showed.
   *
   * @param id the id
   * @param fence the lease's fence
   * @param timeout the longest wait
   * @return what is there now: an entry, another lease, or nothing; the same lease if the time is
   *     over
   * @throws InterruptedException if the waiting thread is interrupted
   */
  Found<CacheEntry> await(EntryId id, long fence, Duration timeout) throws InterruptedException;

  /**
   * Says that somebody was served with an entry. May be remembered and written later, with others,
   * but no later than this store's next {@link #invalidate} or {@link #purge}; never fails.
   *
   * @param id the entry's id
   */
  void used(EntryId id);

  /**
   * Declares entries invalid, in batches. When it returns, nothing that was computed before the
   * call is served any more: entries are gone, and leases that were running are superseded, so that
   * their results reach their callers and are not stored.
   *
   * @param namespace the namespace
   * @param selector which entries
   * @param by who says so, for explanations
   * @return how many ids it hit; an entry and the lease of the same id count once
   */
  long invalidate(String namespace, EntrySelector selector, String by);

  /**
   * Forgets what is over, in batches, without keeping readers waiting. A fence never goes back for
   * it.
   *
   * @param purge what is to go
   * @return how much went
   */
  Purge.Purged purge(Purge purge);

  /** Closes what the store itself opened. */
  @Override
  void close();
}

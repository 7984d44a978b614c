package dev.taskcache.store;

import dev.taskcache.explain.Earlier;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where entries and leases are: the narrowest interface that serves the one path of a request.
 *
 * <p>Each method is atomic for its id. Implementations are thread-safe, and are used by many
 * processes at once where they are shared. Time is the store's own, never the caller's. The
 * contract suite in {@code dev.taskcache.testing} says what each method must do.
 *
 * <p><b>Failure.</b> Every method may throw {@link StoreException}, or any other RuntimeException,
 * which the cache treats alike: a miss with that reason, or a result that is not stored. A method
 * that threw may or may not have taken effect; claim, renew, publish and abandon can be repeated
 * with the same arguments. An {@link Error} propagates.
 */
public interface CacheStore extends AutoCloseable {

  /**
   * What is there now. Writes nothing.
   *
   * @param id the id
   * @return the entry and the live lease, as far as there are any
   */
  Found find(EntryId id);

  /**
   * What is there now, for many ids. Writes nothing.
   *
   * @param ids the ids
   * @return an answer for each of them
   */
  default Map<EntryId, Found> findAll(Collection<EntryId> ids) {
    Map<EntryId, Found> found = new LinkedHashMap<>();
    ids.forEach(id -> found.put(id, find(id)));
    return found;
  }

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
   * Takes the lease, if nobody holds it and there is no entry but the rejected one.
   *
   * @param id what the task will produce
   * @param owner the new owner; claiming again with the same one gives the same lease
   * @param length how long the lease lives unless it is renewed
   * @param rejectedFence the fence of the entry that this caller found unusable; null if there was
   *     none. That entry stays readable until the next publish.
   * @return the lease; empty if somebody else was faster: find again
   */
  Optional<Lease> claim(EntryId id, String owner, Duration length, @Nullable Long rejectedFence);

  /**
   * Prolongs a lease from now on, also one whose time is over but that nobody took.
   *
   * @param lease the lease
   * @param length how long it lives from now
   * @return false if the lease is lost
   */
  boolean renew(Lease lease, Duration length);

  /**
   * Stores the result, if the lease is still the owner's; owner and fence decide that, never time.
   * Ends the lease.
   *
   * @param lease the lease
   * @param result what to store
   * @return what became of it
   */
  WriteOutcome.Published publish(Lease lease, CacheEntry.Result result);

  /**
   * Gives a lease back, without a result.
   *
   * @param lease the lease
   * @return false if it was lost already
   */
  boolean abandon(Lease lease);

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
  Found await(EntryId id, long fence, Duration timeout) throws InterruptedException;

  /** Closes what the store itself opened. */
  @Override
  void close();
}

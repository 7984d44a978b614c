package dev.taskcache.store;

/**
 * What stores a result under a lease: a store, or a store inside a transaction of its host.
 *
 * <p>Throws what {@link CacheStore} says.
 */
@FunctionalInterface
public interface ResultPublisher {
  /**
   * Stores the result, if the lease is still the owner's; owner and fence decide that, never time.
   * Ends the lease. A result with a seal is signed over the very times that the entry will show.
   *
   * @param lease the lease
   * @param result what to store
   * @return what became of it
   */
  WriteOutcome.Published publish(Lease lease, NewEntry result);
}

package dev.taskcache.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds under an id at one moment.
 *
 * @param <E> how much of an entry: {@link CacheEntry} or {@link EntryHeader}
 * @param storedEntry the entry that can be served; null if there is none
 * @param liveHolder who is running the task now; null if nobody is
 * @param unusable why there is no entry although there was one; null if there is one, or never was
 */
public record Found<E>(
    @Nullable E storedEntry, @Nullable Holder liveHolder, @Nullable Unusable unusable) {
  private static final Found<?> NOTHING = new Found<>(null, null, null);

  /**
   * Neither an entry nor a lease.
   *
   * @param <E> how much of an entry
   * @return always the same
   */
  @SuppressWarnings("unchecked") // There is no E in it.
  public static <E> Found<E> nothing() {
    return (Found<E>) NOTHING;
  }

  /**
   * The holder of a lease that lives.
   *
   * @param owner the owner
   * @param fence the lease's number
   * @param until when it ends unless it is renewed, by the store's clock
   */
  public record Holder(String owner, long fence, Instant until) {}

  /**
   * The entry.
   *
   * @return empty if there is none
   */
  public Optional<E> entry() {
    return Optional.ofNullable(storedEntry);
  }

  /**
   * Who is running the task now.
   *
   * @return empty if nobody is
   */
  public Optional<Holder> holder() {
    return Optional.ofNullable(liveHolder);
  }
}

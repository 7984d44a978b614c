package dev.taskcache.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds under an id at one moment.
 *
 * @param <E> how much of an entry: {@link CacheEntry} or {@link EntryHeader}
 * @param storedEntry the entry that can be served; null if there is none
 * @param liveHolder who is running the task now; null if nobody is
 * @param unusable why there is no entry although there was one; null if there is one, or never was
 * @param readAt when that was so, by the store's clock; null if nothing was ever there. Two looks
 *     that saw the same are equal.
 */
public record Found<E>(
    @Nullable E storedEntry,
    @Nullable Holder liveHolder,
    @Nullable Unusable unusable,
    @Nullable Instant readAt) {
  private static final Found<?> NOTHING = new Found<>(null, null, null, null);

  /**
   * What was seen at no moment in particular.
   *
   * @param storedEntry the entry; null if there is none
   * @param liveHolder who is running the task; null if nobody is
   * @param unusable why there is no entry; null if there is one, or never was
   */
  public Found(@Nullable E storedEntry, @Nullable Holder liveHolder, @Nullable Unusable unusable) {
    this(storedEntry, liveHolder, unusable, null);
  }

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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Found<?> found
        && Objects.equals(storedEntry, found.storedEntry)
        && Objects.equals(liveHolder, found.liveHolder)
        && Objects.equals(unusable, found.unusable);
  }

  @Override
  public int hashCode() {
    return Objects.hash(storedEntry, liveHolder, unusable);
  }
}

package dev.taskcache.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds under an id at one moment.
 *
 * @param storedEntry the entry; null if there is none
 * @param liveHolder who is running the task now; null if nobody is
 */
public record Found(@Nullable CacheEntry storedEntry, @Nullable Holder liveHolder) {
  /** Neither an entry nor a lease. */
  public static final Found NOTHING = new Found(null, null);

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
  public Optional<CacheEntry> entry() {
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

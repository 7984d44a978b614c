package dev.taskcache.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a store is to forget.
 *
 * @param unusedFor entries that were neither stored nor served for this long go, too; null keeps
 *     them
 * @param grace how long something has to be over before it goes: expired entries, leases without an
 *     entry, traces of what was invalidated. Longer than any statement and any pause of an owner
 *     that may still publish; not negative.
 */
public record Purge(@Nullable Duration unusedFor, Duration grace) {
  /** Expired entries and dead leases, an hour after their end. */
  public static final Purge DEAD = new Purge(null, Duration.ofHours(1));

  /** Refuses a negative time. */
  public Purge {
    if (grace.isNegative() || (unusedFor != null && unusedFor.isNegative())) {
      throw new IllegalArgumentException(
          "a purge of what is unused for "
              + unusedFor
              + " with a grace of "
              + grace
              + "; give no negative time");
    }
  }

  /**
   * What a store has forgotten.
   *
   * @param entries how many entries
   * @param leases how many rows that had no entry
   */
  public record Purged(long entries, long leases) {}
}

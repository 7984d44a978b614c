package dev.taskcache.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator allows, whatever pipelines, tasks and runs ask for.
 *
 * @param mode the widest mode: {@link Mode#READ_WRITE}, {@link Mode#READ_ONLY} or {@link Mode#OFF}
 * @param maxAge no entry is reused that is older; null allows any age
 * @param verification artifacts are looked at at least as closely
 * @param trust entries are trusted at most as much
 * @param where where the limits were set, for explanations
 */
public record Limits(
    Mode mode, @Nullable Duration maxAge, Verification verification, Trust trust, String where) {
  /** No limits. */
  public static final Limits NONE =
      new Limits(Mode.READ_WRITE, null, Verification.NONE, "no limits");

  /** Refuses a mode that is no limit, and a negative age. */
  public Limits {
    if (mode == Mode.REFRESH) {
      throw new IllegalArgumentException(
          "REFRESH is no limit; give READ_WRITE, READ_ONLY or OFF as the widest mode");
    } else if (maxAge != null && maxAge.isNegative()) {
      throw new IllegalArgumentException("a maximum age of " + maxAge + "; give zero or more");
    }
  }

  /**
   * Limits that leave trust to others.
   *
   * @param mode the widest mode
   * @param maxAge no entry is reused that is older; null allows any age
   * @param verification artifacts are looked at at least as closely
   * @param where where the limits were set, for explanations
   */
  public Limits(Mode mode, @Nullable Duration maxAge, Verification verification, String where) {
    this(mode, maxAge, verification, Trust.UNSIGNED_ACCEPTED, where);
  }

  /**
   * Both limits together: they can only be tightened.
   *
   * @param other further limits
   * @return the tighter of each
   */
  public Limits and(Limits other) {
    return new Limits(
        mode.compareTo(other.mode) >= 0 ? mode : other.mode,
        shorter(maxAge, other.maxAge),
        verification.compareTo(other.verification) >= 0 ? verification : other.verification,
        trust.compareTo(other.trust) >= 0 ? trust : other.trust,
        where.equals(other.where) || this == NONE ? other.where : where + " and " + other.where);
  }

  static @Nullable Duration shorter(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}

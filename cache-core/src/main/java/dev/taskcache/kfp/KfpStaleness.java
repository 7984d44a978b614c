package dev.taskcache.kfp;

import java.util.OptionalLong;

/**
 * How old a result may be for the v1 cache server, by its own rules.
 *
 * @param seconds 0 means that nothing is looked up; negative means without limit
 */
public record KfpStaleness(long seconds) {
  /** Without limit. */
  public static final KfpStaleness UNLIMITED = new KfpStaleness(-1);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * Reads a duration as the cache server does.
   *
   * @param text for instance {@code P30D} or {@code PT12H}; fractions of a second are cut off, so
   *     that {@code PT0.5S} is 0, and so are parts that are no number or beyond 292 years: {@code
   *     P300Y} is 0
   * @return the staleness; {@link #UNLIMITED} if the text cannot be parsed
   */
  public static KfpStaleness parse(String text) {
    OptionalLong nanos = GoDurations.nanos(text);
    return nanos.isEmpty() ? UNLIMITED : new KfpStaleness(nanos.getAsLong() / NANOS_PER_SECOND);
  }

  /**
   * Whether it is without limit.
   *
   * @return true if it is negative
   */
  public boolean isUnlimited() {
    return seconds < 0;
  }

  /**
   * The shorter one of this and a maximum.
   *
   * @param maximum what {@code MAXIMUM_CACHE_STALENESS} says
   * @return the maximum where it has a limit and this has a longer one; what is without limit stays
   *     so
   */
  public KfpStaleness cappedBy(KfpStaleness maximum) {
    return !maximum.isUnlimited() && seconds > maximum.seconds ? maximum : this;
  }
}

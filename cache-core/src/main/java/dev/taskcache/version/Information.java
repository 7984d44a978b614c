package dev.taskcache.version;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decision on a version goes by.
 *
 * @param origin where it is from
 * @param age how long ago the source gave it, by the store's clock and this process's measure of
 *     elapsed time; never by two clocks
 * @param sourceProblem why there is nothing newer; null unless the source failed
 */
public record Information(Origin origin, Duration age, @Nullable String sourceProblem) {

  /** Where information is from. */
  public enum Origin {
    /** This process asked the source. */
    SOURCE,
    /** Another process asked the source, and shared the answer through the store. */
    SHARED,
    /** The source failed, did not answer in time, or left out what it gave before. */
    LAST_KNOWN
  }

  /**
   * Why there is nothing newer.
   *
   * @return empty unless the source failed
   */
  public Optional<String> problem() {
    return Optional.ofNullable(sourceProblem);
  }

  /**
   * Whether it is older than the caller wanted it.
   *
   * @return true where the source could not be asked
   */
  public boolean stale() {
    return origin == Origin.LAST_KNOWN;
  }

  @Override
  public String toString() {
    String seconds = age.toSeconds() + " s old";
    return switch (origin) {
      case SOURCE -> "from the source, " + seconds;
      case SHARED -> "from the source by way of the store, " + seconds;
      case LAST_KNOWN -> "last known, " + seconds + ", as " + sourceProblem;
    };
  }
}

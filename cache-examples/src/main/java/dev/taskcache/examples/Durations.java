package dev.taskcache.examples;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {
  private Durations() {}

  /** For instance {@code 0 s}, {@code <1 ms}, {@code 85 ms}, {@code 1.28 s}, {@code 2 min 05 s}. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (duration.isZero()) {
      return "0 s";
    } else if (millis < 1000) {
      return (millis == 0 ? "<1" : millis) + " ms";
    } else if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
    return String.format(
        Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
  }
}

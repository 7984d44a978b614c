package dev.taskcache.kfp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations such as {@code P30D} as the cache server reads them, by a library that is more lenient
 * than ISO 8601 in some ways and knows years and months as numbers of hours. A part of it that is
 * no number, or is too large, counts for nothing.
 *
 * @see <a href="https://github.com/peterhellberg/duration">github.com/peterhellberg/duration</a>
 */
final class GoDurations {
  private static final Pattern FORM =
      Pattern.compile(
          "(-)?P(?:([\\d.]+)Y)?(?:([\\d.]+)M)?(?:([\\d.]+)W)?(?:([\\d.]+)D)?"
              + "(?:T(?:([\\d.]+)H)?(?:([\\d.]+)M)?(?:([\\d.]+)S)?)?");
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.?\\d*|\\.\\d+");

  private static final long HOUR = 3_600_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** The parts of the form, in its order: hours, then minutes, then seconds. */
  private static final double[] FACTORS = {8765.81, 730.4841667, 168, 24, 1, 1, 1};

  private static final long[] UNITS = {HOUR, HOUR, HOUR, HOUR, HOUR, MINUTE, SECOND};
  private static final int DECIMALS = 6;
  private static final long SCALE = 1_000_000;

  private GoDurations() {}

  /** Nanoseconds; empty if the text has not the form. */
  static OptionalLong nanos(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || text.equals("P") || text.endsWith("T")) {
      return OptionalLong.empty();
    }
    long nanos = 0;
    for (int i = 0; i < UNITS.length; i++) {
      String part = form.group(i + 2);
      if (part != null && NUMBER.matcher(part).matches()) {
        double number = Double.parseDouble(part);
        if (Double.isFinite(number)) {
          nanos += nanos(number * FACTORS[i], UNITS[i]);
        }
      }
    }
    return OptionalLong.of(form.group(1) == null ? nanos : -nanos);
  }

  /** So many units, rounded to six decimals first; 0 if that is beyond 64 bits. */
  private static long nanos(double number, long unit) {
    if (!Double.isFinite(number)) {
      return 0;
    }
    BigInteger[] parts =
        new BigDecimal(number)
            .setScale(DECIMALS, RoundingMode.HALF_EVEN)
            .unscaledValue()
            .divideAndRemainder(BigInteger.valueOf(SCALE));
    long fraction = (long) (parts[1].doubleValue() * ((double) unit / SCALE));
    BigInteger nanos =
        parts[0].multiply(BigInteger.valueOf(unit)).add(BigInteger.valueOf(fraction));
    return nanos.bitLength() < Long.SIZE ? nanos.longValue() : 0;
  }
}

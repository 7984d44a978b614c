package dev.taskcache.kfp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as the JSON encoder of Go writes them: the shortest decimal that reads back as the same
 * double, with an exponent only below 1e-6 and from 1e21 on. {@link Double#toString} of JDK 17 is
 * not always the shortest.
 */
final class GoNumbers {
  private static final double MOST_EXACT = 1L << 53;
  private static final double LEAST_PLAIN = 1e-6;
  private static final double LEAST_EXPONENT = 1e21;

  /** Every decimal of so many digits is another normal double. */
  private static final int SURE_DIGITS = 15;

  private static final int MOST_DIGITS = 17;

  private GoNumbers() {}

  /** A finite double. */
  static String text(double number) {
    if (number == 0) {
      return Double.compare(number, 0.0) == 0 ? "0" : "-0";
    }
    double size = Math.abs(number);
    if (size <= MOST_EXACT && size == Math.rint(size)) {
      return Long.toString((long) number);
    }
    BigDecimal shortest = shortest(size).stripTrailingZeros();
    boolean plain = size >= LEAST_PLAIN && size < LEAST_EXPONENT;
    String text = plain ? shortest.toPlainString() : exponent(shortest);
    return number < 0 ? "-" + text : text;
  }

  private static String exponent(BigDecimal number) {
    String digits = number.unscaledValue().toString();
    int exponent = digits.length() - 1 - number.scale();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    boolean normal = number >= Double.MIN_NORMAL;
    if (normal) {
      BigDecimal sure = rounded(exact, SURE_DIGITS, RoundingMode.HALF_EVEN);
      if (means(sure, number)) {
        return sure;
      }
    }
    for (int digits = normal ? SURE_DIGITS + 1 : 1; digits < MOST_DIGITS; digits++) {
      BigDecimal below = rounded(exact, digits, RoundingMode.DOWN);
      BigDecimal above = rounded(exact, digits, RoundingMode.UP);
      boolean belowDoes = means(below, number);
      boolean aboveDoes = means(above, number);
      if (belowDoes && aboveDoes) {
        return rounded(exact, digits, RoundingMode.HALF_EVEN);
      } else if (belowDoes || aboveDoes) {
        // Below a power of two doubles are closer together: the nearest decimal may not do.
        return belowDoes ? below : above;
      }
    }
    return rounded(exact, MOST_DIGITS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal rounded(BigDecimal exact, int digits, RoundingMode mode) {
    return exact.round(new MathContext(digits, mode));
  }

  private static boolean means(BigDecimal decimal, double number) {
    return Double.parseDouble(decimal.toString()) == number;
  }
}

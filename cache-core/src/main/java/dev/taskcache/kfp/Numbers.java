package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers as Kubeflow has them: all are doubles there, and 2.0 and 2 are one number, written one
 * way by the compiler and the other way by the server. Here a number without a fraction is an
 * integer wherever no type says otherwise.
 */
final class Numbers {
  private static final double MOST_EXACT = 1L << 53;

  private Numbers() {}

  static InputValue normal(InputValue value) {
    if (value instanceof InputValue.Float64 number) {
      double d = number.value();
      boolean integral = Math.rint(d) == d && Math.abs(d) <= MOST_EXACT;
      boolean negativeZero = Double.compare(d, -0.0) == 0;
      return integral && !negativeZero ? new InputValue.Int((long) d) : value;
    } else if (value instanceof InputValue.ListValue list) {
      return new InputValue.ListValue(list.elements().stream().map(Numbers::normal).toList());
    } else if (value instanceof InputValue.MapValue map) {
      Map<String, InputValue> entries = new LinkedHashMap<>();
      map.entries().forEach((name, each) -> entries.put(name, normal(each)));
      return new InputValue.MapValue(entries);
    }
    return value;
  }

  /** Whether a double holds the integer exactly. */
  static boolean exact(BigInteger integer) {
    double d = integer.doubleValue();
    return Double.isFinite(d) && new BigDecimal(d).compareTo(new BigDecimal(integer)) == 0;
  }

  /** A double as Kubeflow's launcher writes it: never with an exponent, 1.0 as 1. */
  static String text(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    } else if (Double.compare(number, -0.0) == 0) {
      return "-0";
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}

package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as YAML 1.1 writes them without quotation marks. */
final class PlainNumbers {
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0b|0x|0o?)?([0-9a-f]+)", Pattern.CASE_INSENSITIVE);
  private static final int MOST_DIGITS = 10_000;

  private PlainNumbers() {}

  /**
   * The number; the text itself where it is none, such as 1:30, which other readers take as text.
   */
  static InputValue parse(String text) {
    String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
    if (plain.length() > MOST_DIGITS) {
      return new InputValue.Text(text);
    }
    Matcher integer = INTEGER.matcher(plain);
    try {
      if (plain.matches("[-+]?(0|[1-9][0-9]*)")) {
        return new InputValue.Int(new BigInteger(plain));
      } else if (integer.matches() && integer.group(2) != null) {
        return new InputValue.Int(
            new BigInteger(integer.group(1) + integer.group(3), radix(integer)));
      } else if (plain.endsWith(".inf")) {
        return new InputValue.Float64(
            plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
      } else if (plain.equals(".nan")) {
        return new InputValue.Float64(Double.NaN);
      }
      return new InputValue.Float64(Double.parseDouble(plain));
    } catch (NumberFormatException e) {
      return new InputValue.Text(text);
    }
  }

  private static int radix(Matcher integer) {
    return switch (integer.group(2)) {
      case "0b" -> 2;
      case "0x" -> 16;
      default -> 8;
    };
  }
}

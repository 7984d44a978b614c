package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers of proto3 JSON, which are numbers or texts there. */
final class ProtoNumbers {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  /** No double and no integer that any field takes has more. */
  private static final int MOST_CHARACTERS = 1_000;

  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private ProtoNumbers() {}

  /** A number of JSON as it is written, exactly; -0, which no decimal is, as a double. */
  static InputValue read(String number, Place place) {
    if (number.length() > MOST_CHARACTERS) {
      throw new InvalidRequestException(
          place, "the number has more than " + MOST_CHARACTERS + " characters; round it");
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw new InvalidRequestException(
          place, "the number is too large for a double, which Kubeflow refuses; pass it as a text");
    }
    if (Double.compare(value, -0.0) == 0) {
      return new InputValue.Float64(value);
    } else if (INTEGER.matcher(number).matches()) {
      return new InputValue.Int(new BigInteger(number));
    }
    try {
      return place.locate(() -> new InputValue.Decimal(new BigDecimal(number)));
    } catch (NumberFormatException | InvalidRequestException e) {
      return new InputValue.Float64(value); // An exponent beyond all that matters: it is 0.
    }
  }

  /** An int64, as the text that proto3 JSON writes. */
  static InputValue int64(InputValue json, Place place) {
    BigDecimal number = null;
    if (json instanceof InputValue.Int integer) {
      number = new BigDecimal(integer.value());
    } else if (json instanceof InputValue.Decimal decimal) {
      number = decimal.value();
    } else if (json instanceof InputValue.Float64 zero && zero.value() == 0) {
      number = BigDecimal.ZERO;
    } else if (json instanceof InputValue.Text text && isNumber(text.value())) {
      number = new BigDecimal(text.value());
    }
    if (number == null
        || number.compareTo(LEAST) < 0
        || number.compareTo(MOST) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw new InvalidRequestException(
          place, "must be an integer of 64 bits, as a number or a text");
    }
    return new InputValue.Text(String.valueOf(number.longValue()));
  }

  /** A double, as the number, or else the text, that proto3 JSON writes. */
  static InputValue float64(InputValue json, Place place) {
    if (json instanceof InputValue.Int
        || json instanceof InputValue.Decimal
        || json instanceof InputValue.Float64) {
      return json;
    } else if (json instanceof InputValue.Text text) {
      switch (text.value()) {
        case "NaN", "Infinity", "-Infinity":
          return text;
        default:
          if (isNumber(text.value())) {
            return read(text.value(), place);
          }
      }
    }
    throw new InvalidRequestException(
        place, "must be a number, as a number or a text, or NaN, Infinity or -Infinity");
  }

  private static boolean isNumber(String text) {
    return text.length() <= MOST_CHARACTERS && NUMBER.matcher(text).matches();
  }
}

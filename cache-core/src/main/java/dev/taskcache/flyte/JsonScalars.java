package dev.taskcache.flyte;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Pattern;

/** Reads single values of proto3 JSON, at the parser's token. */
final class JsonScalars {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,9})?");
  private static final int LONGEST_INTEGER = 20;
  private static final BigInteger TWO = BigInteger.TWO;

  private final JsonParser parser;

  JsonScalars(JsonParser parser) {
    this.parser = parser;
  }

  Object scalar(ProtoKind.Scalar kind, Place place) {
    return switch (kind) {
      case STRING -> text(place);
      case BYTES -> bytes(place);
      case BOOL -> bool(place);
      case DOUBLE -> number(place);
      case INT32 -> integer(place, TWO.pow(31).negate(), TWO.pow(31));
      case UINT32 -> integer(place, BigInteger.ZERO, TWO.pow(32));
      case INT64 -> integer(place, TWO.pow(63).negate(), TWO.pow(63));
      case UINT64 -> integer(place, BigInteger.ZERO, TWO.pow(64));
    };
  }

  String text(Place place) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new InvalidRequestException(place, "must be a text, in quotation marks");
    }
    return wellFormed(raw(), place);
  }

  /** The text itself; refuses a lone surrogate, which protobuf cannot carry. */
  static String wellFormed(String text, Place place) {
    return place.locate(() -> new InputValue.Text(text)).value();
  }

  boolean bool(Place place) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new InvalidRequestException(place, "must be true or false");
    };
  }

  double number(Place place) {
    String written = raw();
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      switch (written) {
        case "NaN":
          return Double.NaN;
        case "Infinity":
          return Double.POSITIVE_INFINITY;
        case "-Infinity":
          return Double.NEGATIVE_INFINITY;
        default:
      }
    }
    double number = Double.parseDouble(numeral(written, place));
    if (Double.isInfinite(number)) {
      throw new InvalidRequestException(
          place, "is beyond what a double holds; write \"Infinity\" if you mean that");
    }
    return number;
  }

  /** An enum by name or number; a number without a name is kept, a name without a number is not. */
  long choice(ProtoEnum type, Place place) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      int number = type.names().indexOf(raw());
      if (number < 0) {
        throw new InvalidRequestException(place, "must be one of " + type.names());
      }
      return number;
    }
    return integer(place, TWO.pow(31).negate(), TWO.pow(31));
  }

  private long integer(Place place, BigInteger least, BigInteger beyond) {
    String written = raw();
    BigDecimal number = new BigDecimal(numeral(written, place)).stripTrailingZeros();
    if (number.scale() > 0) {
      throw new InvalidRequestException(place, "must be a whole number, not " + written);
    }
    BigInteger whole =
        (long) number.precision() - number.scale() > LONGEST_INTEGER
            ? beyond
            : number.toBigIntegerExact();
    if (whole.compareTo(least) < 0 || whole.compareTo(beyond) >= 0) {
      throw new InvalidRequestException(
          place, "must be from " + least + " to " + beyond.subtract(BigInteger.ONE));
    }
    return whole.longValue();
  }

  /** A number, or a text that is one. */
  private String numeral(String written, Place place) {
    JsonToken token = parser.currentToken();
    if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
      throw new InvalidRequestException(place, "must be a number");
    } else if (!NUMBER.matcher(written).matches()) {
      String shown = written.length() > 40 ? written.substring(0, 40) + "…" : written;
      throw new InvalidRequestException(place, "is not a number that fits: \"" + shown + "\"");
    }
    return written;
  }

  private InputValue.Bytes bytes(Place place) {
    String standard = text(place).replace('-', '+').replace('_', '/');
    try {
      return new InputValue.Bytes(Base64.getDecoder().decode(standard));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(place, "must be base64: " + e.getMessage(), e);
    }
  }

  private String raw() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw new JsonMessages.NotJson(e);
    }
  }
}

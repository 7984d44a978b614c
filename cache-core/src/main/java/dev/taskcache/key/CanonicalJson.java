package dev.taskcache.key;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Map;

/**
 * JSON values as text, equal values as equal text: no spaces, members in the order of the format,
 * numbers as whole mantissa and exponent ({@code 15e-1}), nothing escaped that need not be.
 */
final class CanonicalJson {
  private final StringBuilder out = new StringBuilder();

  private CanonicalJson() {}

  static String of(JsonPart part) {
    CanonicalJson json = new CanonicalJson();
    json.write(part.value(), part.place(), 0);
    return json.out.toString();
  }

  /** The number that a part is; anything else is refused. */
  static BigDecimal number(JsonPart part) {
    if (part.value() instanceof InputValue.Decimal decimal) {
      return decimal.value();
    }
    throw part.refuse("must be a number");
  }

  private void write(InputValue value, Place place, int depth) {
    if (value instanceof InputValue.Text text) {
      string(text.value());
    } else if (value instanceof InputValue.Bool bool) {
      out.append(bool.value());
    } else if (value instanceof InputValue.ListValue list) {
      int inside = Depth.below(depth, place);
      String before = "[";
      for (InputValue element : list.elements()) {
        out.append(before);
        write(element, place, inside);
        before = ",";
      }
      out.append(list.elements().isEmpty() ? "[]" : "]");
    } else if (value instanceof InputValue.MapValue map) {
      int inside = Depth.below(depth, place);
      String before = "{";
      for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
        out.append(before);
        string(entry.getKey());
        out.append(':');
        write(entry.getValue(), place, inside);
        before = ",";
      }
      out.append(map.entries().isEmpty() ? "{}" : "}");
    } else if (value == InputValue.Null.NULL) {
      out.append("null");
    } else {
      number(number(new JsonPart(value, place)));
    }
  }

  private void number(BigDecimal number) {
    out.append(number.unscaledValue());
    if (number.scale() != 0) {
      out.append('e').append(-(long) number.scale());
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}

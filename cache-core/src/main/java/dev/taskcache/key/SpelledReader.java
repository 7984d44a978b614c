package dev.taskcache.key;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How JSON spells the values that it has no form for: objects with one key that begins with {@code
 * $}. A map's own key that begins with {@code $} is written with one more.
 */
final class SpelledReader {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?");

  // A fault of depth is the whole value's, and its own path would be too long to read.
  private final Place whole;

  SpelledReader(Place whole) {
    this.whole = whole;
  }

  static InputValue decode(InputValue json, Place place) {
    return Depth.guarded(place, () -> new SpelledReader(place).decode(json, place, 0));
  }

  private InputValue decode(InputValue json, Place place, int depth) {
    if (json instanceof InputValue.ListValue list) {
      int inside = below(depth);
      List<InputValue> elements = new ArrayList<>();
      for (InputValue element : list.elements()) {
        elements.add(decode(element, place.index(elements.size()), inside));
      }
      return new InputValue.ListValue(elements);
    } else if (json instanceof InputValue.MapValue map) {
      if (map.entries().size() == 1) {
        Map.Entry<String, InputValue> only = map.entries().entrySet().iterator().next();
        if (isForm(only.getKey())) {
          return spelled(only.getKey(), only.getValue(), place, depth);
        }
      }
      return map(map, place, depth);
    }
    return json;
  }

  /** The depth inside a list or map at a depth. */
  int below(int depth) {
    return Depth.below(depth, whole);
  }

  static boolean isForm(String key) {
    return key.startsWith("$") && !key.startsWith("$$");
  }

  private InputValue.MapValue map(InputValue.MapValue map, Place place, int depth) {
    int inside = below(depth);
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
      String name = ownKey(entry.getKey(), place);
      entries.put(name, decode(entry.getValue(), place.field(name), inside));
    }
    return new InputValue.MapValue(entries);
  }

  /** A key of a map's own, as the map has it. */
  static String ownKey(String key, Place place) {
    if (isForm(key)) {
      throw unknown(key, place);
    }
    return key.startsWith("$") ? key.substring(1) : key;
  }

  static InvalidRequestException unknown(String key, Place place) {
    return new InvalidRequestException(
        place,
        "the key "
            + key
            + " spells no value here; write an object with one of $decimal, $float, $bytes,"
            + " $timestamp, $secret, $artifact alone, or, for a map's own key, \"$"
            + key
            + "\"");
  }

  InputValue spelled(String form, InputValue part, Place object, int depth) {
    Place place = object.field(form);
    return switch (form) {
      case "$decimal" -> decimal(Forms.text(part, place), place);
      case "$float" -> float64(Forms.text(part, place), place);
      case "$bytes" -> bytes(Forms.text(part, place), place);
      case "$timestamp" -> Timestamps.parse(Forms.text(part, place), place);
      case "$secret" -> {
        Map<String, InputValue> fields = fields(part, Set.of("name", "version"), place);
        String name = requiredText(fields, "name", place);
        String version = requiredText(fields, "version", place);
        yield place.locate(() -> new InputValue.Secret(name, version));
      }
      case "$artifact" -> artifact(part, place, depth);
      default -> throw unknown(form, object);
    };
  }

  private static InputValue decimal(String text, Place place) {
    // Reading digits takes time that grows with their square.
    if (text.length() > JsonForm.MOST_NUMBER_CHARACTERS) {
      throw new InvalidRequestException(
          place,
          "the decimal has more than "
              + JsonForm.MOST_NUMBER_CHARACTERS
              + " characters; pass it as text");
    }
    if (DECIMAL.matcher(text).matches()) {
      try {
        return place.locate(() -> new InputValue.Decimal(new BigDecimal(text)));
      } catch (NumberFormatException e) {
        throw new InvalidRequestException(
            place, "the decimal's exponent is too large; pass the number as text", e);
      }
    }
    throw new InvalidRequestException(
        place, "\"" + text + "\" is not a decimal; write it as \"-12.50\" or \"1e400\"");
  }

  private static InputValue float64(String text, Place place) {
    return switch (text) {
      case "NaN" -> new InputValue.Float64(Double.NaN);
      case "Infinity" -> new InputValue.Float64(Double.POSITIVE_INFINITY);
      case "-Infinity" -> new InputValue.Float64(Double.NEGATIVE_INFINITY);
      default ->
          throw new InvalidRequestException(
              place, "write NaN, Infinity or -Infinity; other numbers need no $float");
    };
  }

  private static InputValue bytes(String text, Place place) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The decoder takes missing padding and stray bits, which would give one value two spellings.
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return new InputValue.Bytes(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(place, "not base64; write it padded, as in \"AAEC\"", e);
    }
    throw new InvalidRequestException(place, "not base64; write it padded, as in \"AA==\"");
  }

  private InputValue artifact(InputValue part, Place place, int depth) {
    Map<String, InputValue> fields =
        fields(part, Set.of("type", "digest", "uri", "metadata"), place);
    String type = requiredText(fields, "type", place);
    String digest = text(fields, "digest", place);
    String uri = text(fields, "uri", place);
    InputValue.MapValue metadata = InputValue.MapValue.EMPTY;
    InputValue given = fields.get("metadata");
    if (given != null) {
      Place inside = place.field("metadata");
      InputValue.MapValue entries = new InputValue.MapValue(Forms.map(given, inside));
      if (!entries.entries().isEmpty()) {
        metadata = map(entries, inside, below(depth));
      }
    }
    InputValue.MapValue described = metadata;
    return place.locate(() -> new InputValue.Artifact(type, digest, uri, described));
  }

  private static Map<String, InputValue> fields(InputValue part, Set<String> known, Place place) {
    Map<String, InputValue> fields = Forms.map(part, place);
    Forms.onlyFields(fields, known, place);
    return fields;
  }

  private static @Nullable String text(Map<String, InputValue> fields, String name, Place place) {
    InputValue field = fields.get(name);
    return field == null ? null : Forms.text(field, place.field(name));
  }

  private static String requiredText(Map<String, InputValue> fields, String name, Place place) {
    String text = text(fields, name, place);
    if (text == null) {
      throw new InvalidRequestException(place.field(name), "is missing; give it as a text");
    }
    return text;
  }
}

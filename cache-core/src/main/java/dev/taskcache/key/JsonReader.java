package dev.taskcache.key;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the values of one JSON document, as they stand or as they are spelled. */
final class JsonReader {
  private final JsonParser parser;
  private final BiFunction<String, Place, InputValue> numbers;
  private final @Nullable SpelledReader spelled;
  private Place reached = Place.root();

  /**
   * Reads from a parser that has not begun.
   *
   * @param numbers what a number becomes
   * @param spelled makes values of objects with {@code $} keys; null to leave them as they are
   */
  JsonReader(
      JsonParser parser,
      BiFunction<String, Place, InputValue> numbers,
      @Nullable SpelledReader spelled) {
    this.parser = parser;
    this.numbers = numbers;
    this.spelled = spelled;
  }

  /** Where the reading is, or was when it failed. */
  Place reached() {
    return reached;
  }

  InputValue document() throws IOException {
    parser.nextToken();
    InputValue value = value(Place.root(), 0, spelled);
    if (parser.nextToken() != null) {
      throw new InvalidRequestException(
          Place.root(), "there is more after the end of the JSON document; remove it");
    }
    return value;
  }

  // One frame for each level: documents may nest two thousand deep.
  private InputValue value(Place place, int depth, @Nullable SpelledReader forms)
      throws IOException {
    reached = place;
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      int inside = inside(depth, forms);
      List<InputValue> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(place.index(elements.size()), inside, forms));
      }
      return new InputValue.ListValue(elements);
    } else if (token != JsonToken.START_OBJECT) {
      return scalar(token, place);
    }
    token = parser.nextToken();
    if (forms != null && isForm(token)) {
      return form(forms, place, depth);
    }
    int inside = inside(depth, forms);
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (; token != JsonToken.END_OBJECT; token = parser.nextToken()) {
      String name = Utf8.check(parser.currentName(), place);
      String key = forms == null ? name : SpelledReader.ownKey(name, place);
      Place at = place.field(key);
      parser.nextToken();
      if (entries.put(key, value(at, inside, forms)) != null) {
        throw new InvalidRequestException(
            at, "the key is a duplicate in its object; keep one of them");
      }
      reached = place;
    }
    return new InputValue.MapValue(entries);
  }

  /** Only what is spelled has a depth of its own: what stands there has that of the JSON. */
  private static int inside(int depth, @Nullable SpelledReader forms) {
    return forms == null ? depth : forms.below(depth);
  }

  private InputValue scalar(@Nullable JsonToken token, Place place) throws IOException {
    if (token == null) {
      throw new InvalidRequestException(place, "the JSON document ends too early; complete it");
    }
    return switch (token) {
      case VALUE_NULL -> InputValue.Null.NULL;
      case VALUE_TRUE -> new InputValue.Bool(true);
      case VALUE_FALSE -> new InputValue.Bool(false);
      case VALUE_STRING -> new InputValue.Text(Utf8.check(parser.getText(), place));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numbers.apply(parser.getText(), place);
      default -> throw new InvalidRequestException(place, "not JSON: " + token);
    };
  }

  private boolean isForm(JsonToken token) throws IOException {
    return token == JsonToken.FIELD_NAME && SpelledReader.isForm(parser.currentName());
  }

  private InputValue form(SpelledReader forms, Place place, int depth) throws IOException {
    String name = parser.currentName();
    parser.nextToken();
    InputValue part = value(place.field(name), depth, null);
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw SpelledReader.unknown(name, place);
    }
    return forms.spelled(name, part, place, depth);
  }
}

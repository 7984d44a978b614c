package dev.taskcache.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON text ({@code docs/key-format.md}, section 8).
 *
 * <p>{@link #parse} gives what JSON itself says, and {@link SpelledReader} turns objects such as
 * {@code {"$decimal": "1.50"}} into the values that they spell.
 */
public final class JsonForm {
  private static final int MOST_EXACT_CHARACTERS = 1_000;
  static final int MOST_NUMBER_CHARACTERS = 100_000;
  // A request wraps its values in a few levels of its own, and a type's levels in two each.
  private static final int MOST_JSON_DEPTH = 2 * CanonicalWriter.MOST_DEPTH + 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_JSON_DEPTH)
                  .maxNumberLength(MOST_NUMBER_CHARACTERS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MOST_JSON_DEPTH).build())
          .build();

  private JsonForm() {}

  /**
   * Reads one JSON document as it stands: objects are maps, also those with {@code $} keys.
   *
   * @param json the text
   * @return null, bool, integer, float64, text, list or map
   * @throws InvalidRequestException if it is not one JSON document, has a duplicate key, a lone
   *     surrogate, a number that is too large, or nests too deeply; with the path
   */
  public static InputValue parse(String json) {
    return parse(json, JsonForm::number);
  }

  /** The same with each number as the decimal that it says, of at most 1,000 characters. */
  static InputValue parseExact(String json) {
    return parse(json, JsonForm::decimal);
  }

  /**
   * Reads one JSON document as {@link #parse(String)} does, but for its numbers.
   *
   * @param json the text
   * @param numbers what a number becomes; it is given as it is written, with its place
   * @return null, bool, text, list, map, or what {@code numbers} returned
   * @throws InvalidRequestException as {@link #parse(String)}
   */
  public static InputValue parse(String json, BiFunction<String, Place, InputValue> numbers) {
    return document(json, numbers, null);
  }

  private static InputValue document(
      String json, BiFunction<String, Place, InputValue> numbers, @Nullable SpelledReader spelled) {
    return Depth.guarded(
        Place.root(),
        () -> {
          try (JsonParser parser = JSON.createParser(json)) {
            return document(new JsonReader(parser, numbers, spelled));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static InputValue document(JsonReader reader) throws IOException {
    try {
      return reader.document();
    } catch (StreamConstraintsException e) {
      throw new InvalidRequestException(
          reader.reached(),
          "the JSON goes beyond a limit (" + e.getOriginalMessage() + "); make it smaller",
          e);
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      // Jackson refuses this itself, in names; yet it is JSON, and so it has a place.
      boolean isJson = message.contains("surrogate");
      throw new InvalidRequestException(
          isJson ? reader.reached() : Place.root(), "not JSON: " + message + at(e), e);
    }
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static InputValue decimal(String number, Place place) {
    if (number.length() > MOST_EXACT_CHARACTERS) {
      throw new InvalidRequestException(
          place, "the number has more than 1000 characters; round it");
    }
    try {
      return place.locate(() -> new InputValue.Decimal(new BigDecimal(number)));
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(place, "the number's exponent is beyond 999999999", e);
    }
  }

  private static InputValue number(String number, Place place) {
    return isInteger(number) ? new InputValue.Int(new BigInteger(number)) : float64(number, place);
  }

  private static boolean isInteger(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c != '-' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static InputValue float64(String number, Place place) {
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw new InvalidRequestException(
          place, number + " is too large for a float64; write {\"$decimal\": \"" + number + "\"}");
    }
    return new InputValue.Float64(value);
  }

  /**
   * Reads a value: what {@link #decode} makes of what {@link #parse} gives.
   *
   * @param json the text
   * @return the value
   * @throws InvalidRequestException as {@link #parse}, and for a {@code $} object that spells
   *     nothing
   */
  public static InputValue read(String json) {
    return document(json, JsonForm::number, new SpelledReader(Place.root()));
  }

  /**
   * Turns what {@link #parse} gave into the value that it spells.
   *
   * @param parsed a value from {@link #parse}
   * @param place where it stands, for errors
   * @return the value
   * @throws InvalidRequestException for a {@code $} object that spells nothing
   */
  public static InputValue decode(InputValue parsed, Place place) {
    return SpelledReader.decode(parsed, place);
  }

  /**
   * Writes a value on one line; {@link #read} gives back an equal one.
   *
   * @param value the value
   * @return JSON, keys in the order of the format
   * @throws InvalidRequestException if it nests too deeply
   */
  public static String write(InputValue value) {
    return writeParsed(SpelledWriter.encode(value));
  }

  /** Writes what {@link #parse} gives back as it is: keys are only keys. */
  static String writeParsed(InputValue value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(InputValue value, JsonGenerator generator) throws IOException {
    if (value instanceof InputValue.Text text) {
      generator.writeString(text.value());
    } else if (value instanceof InputValue.Int integer) {
      generator.writeNumber(integer.value());
    } else if (value instanceof InputValue.Float64 number) {
      generator.writeNumber(number.value());
    } else if (value instanceof InputValue.Bool bool) {
      generator.writeBoolean(bool.value());
    } else if (value instanceof InputValue.ListValue list) {
      generator.writeStartArray();
      for (InputValue element : list.elements()) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof InputValue.MapValue map) {
      generator.writeStartObject();
      for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
        generator.writeFieldName(entry.getKey());
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else {
      generator.writeNull();
    }
  }
}

package dev.taskcache.kfp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as the text that a task reads: a text as it is, all else as compact JSON; and back. */
final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
          .build();

  private JsonText() {}

  /** A parameter inside an argument: texts as they are. */
  static String ofParameter(InputValue value) {
    return value instanceof InputValue.Text text ? text.value() : json(value);
  }

  /** JSON without blanks, keys sorted. */
  static String json(InputValue value) {
    return json(value, JsonText::writeDouble);
  }

  /** The same, with other texts for doubles. */
  static String json(InputValue value, Doubles doubles) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(value, generator, doubles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Reads one JSON document; nested as deeply as a pipeline may be, which no thread's stack minds.
   *
   * @throws InvalidRequestException if it is none
   */
  static InputValue parse(String json) {
    try {
      List<Located> documents = JsonDocuments.read("JSON", json);
      if (documents.size() == 1) {
        return Field.root("JSON", documents.get(0)).value();
      }
    } catch (InvalidPipelineException e) {
      throw new InvalidRequestException(Place.root(), String.valueOf(e.getMessage()), e);
    }
    throw new InvalidRequestException(Place.root(), "not JSON: there must be one document");
  }

  /** How numbers with a fraction, and large ones, are written. */
  @FunctionalInterface
  interface Doubles {
    /** Writes one. */
    void write(double number, JsonGenerator generator) throws IOException;
  }

  /** Writes a value, keys sorted; what JSON does not have, such as artifacts, as its text. */
  static void write(InputValue value, JsonGenerator generator, Doubles doubles) throws IOException {
    if (value instanceof InputValue.Text text) {
      generator.writeString(text.value());
    } else if (value instanceof InputValue.Bool bool) {
      generator.writeBoolean(bool.value());
    } else if (value instanceof InputValue.Int integer) {
      generator.writeNumber(integer.value());
    } else if (value instanceof InputValue.Float64 number) {
      doubles.write(number.value(), generator);
    } else if (value instanceof InputValue.ListValue list) {
      generator.writeStartArray();
      for (InputValue element : list.elements()) {
        write(element, generator, doubles);
      }
      generator.writeEndArray();
    } else if (value instanceof InputValue.MapValue map) {
      generator.writeStartObject();
      for (Map.Entry<String, InputValue> entry : new TreeMap<>(map.entries()).entrySet()) {
        generator.writeFieldName(entry.getKey());
        write(entry.getValue(), generator, doubles);
      }
      generator.writeEndObject();
    } else if (value == InputValue.Null.NULL) {
      generator.writeNull();
    } else {
      generator.writeString(String.valueOf(value));
    }
  }

  static void writeDouble(double number, JsonGenerator generator) throws IOException {
    if (Double.isFinite(number)) {
      generator.writeNumber(Numbers.text(number));
    } else {
      generator.writeString(Numbers.text(number));
    }
  }
}

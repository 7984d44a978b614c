package dev.taskcache.kfp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, one document or several after each other, into located nodes. */
final class JsonDocuments {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Documents.MOST_DEPTH)
                  .maxNumberLength(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonDocuments() {}

  static List<Located> read(String file, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return read(parser, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Located> read(JsonParser parser, String file) throws IOException {
    try {
      List<Located> documents = new ArrayList<>();
      while (parser.nextToken() != null) {
        documents.add(node(parser, file));
      }
      return documents;
    } catch (JsonProcessingException e) {
      // What goes beyond a limit has no location of its own.
      JsonLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw new Spot(file, at.getLineNr(), Place.root())
          .error("not JSON: " + e.getOriginalMessage() + "; compile the pipeline again");
    }
  }

  private static Located node(JsonParser parser, String file) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser, file, line);
      case START_ARRAY -> {
        List<Located> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(node(parser, file));
        }
        yield Located.Items.of(line, elements);
      }
      default -> new Located.Scalar(line, scalar(parser, file, line));
    };
  }

  private static Located fields(JsonParser parser, String file, int line) throws IOException {
    Map<String, Located.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int keyLine = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      entries.put(name, new Located.Entry(keyLine, node(parser, file)));
    }
    return Located.Fields.of(line, entries);
  }

  private static InputValue scalar(JsonParser parser, String file, int line) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> InputValue.Null.NULL;
      case VALUE_TRUE -> new InputValue.Bool(true);
      case VALUE_FALSE -> new InputValue.Bool(false);
      case VALUE_NUMBER_INT -> new InputValue.Int(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> new InputValue.Float64(Double.parseDouble(parser.getText()));
      case VALUE_STRING -> {
        String text = parser.getText();
        yield new Spot(file, line, Place.root()).locate(() -> new InputValue.Text(text));
      }
      default ->
          throw new Spot(file, line, Place.root()).error("not JSON: " + parser.currentToken());
    };
  }
}

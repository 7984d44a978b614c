package dev.taskcache.flyte;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads messages from proto3 JSON. Not thread-safe. */
final class JsonMessages {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2 * Limits.MOST_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final Limits limits = new Limits();
  private final JsonScalars scalars;
  private final JsonStructs structs;

  private JsonMessages(JsonParser parser) {
    this.parser = parser;
    this.scalars = new JsonScalars(parser);
    this.structs = new JsonStructs(parser, limits);
  }

  static Message read(MessageType type, String json) {
    Limits.checkSize(json.length());
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      Message message = new JsonMessages(parser).message(type, Place.root());
      if (parser.nextToken() != null) {
        throw new InvalidRequestException(
            Place.root(), "something follows the JSON object; remove it");
      }
      return message;
    } catch (NotJson e) {
      throw new InvalidRequestException(Place.root(), "not JSON: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new InvalidRequestException(Place.root(), "not JSON: " + said(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the parser said, on its way through code that reads places. */
  static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotJson(IOException cause) {
      super(cause instanceof JsonProcessingException e ? said(e) : cause.getMessage(), cause);
    }
  }

  private static String said(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return e.getOriginalMessage()
        + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
  }

  static JsonToken next(JsonParser parser) {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new NotJson(new IOException("it ends too early"));
      }
      return token;
    } catch (IOException e) {
      throw new NotJson(e);
    }
  }

  static String name(JsonParser parser, Place place) {
    try {
      return JsonScalars.wellFormed(parser.currentName(), place);
    } catch (IOException e) {
      throw new NotJson(e);
    }
  }

  /** The message that begins here. */
  private Message message(MessageType type, Place place) {
    limits.count(place);
    return limits.inside(
        place,
        () ->
            switch (type.name()) {
              case CommonMessages.STRUCT -> structs.struct(place);
              case CommonMessages.TIMESTAMP -> JsonTimes.timestamp(scalars.text(place), place);
              case CommonMessages.DURATION -> JsonTimes.duration(scalars.text(place), place);
              case CommonMessages.BOOL_VALUE -> new Message(type).set("value", scalars.bool(place));
              default -> object(type, place);
            });
  }

  private Message object(MessageType type, Place place) {
    expect(JsonToken.START_OBJECT, place, "must be a JSON object, the " + type + " of Flyte");
    Message message = new Message(type);
    Map<ProtoField, Boolean> given = new LinkedHashMap<>();
    while (next(parser) != JsonToken.END_OBJECT) {
      String name = name(parser, place);
      Place inside = place.field(name);
      ProtoField field =
          type.field(name)
              .orElseThrow(
                  () ->
                      new InvalidRequestException(
                          inside,
                          type
                              + " of Flyte has no such field; it has "
                              + type.fields().stream().map(ProtoField::json).toList()));
      next(parser);
      if (given.put(field, true) != null) {
        throw new InvalidRequestException(
            inside, "is there twice, as " + field.json() + " and " + field.name() + "; keep one");
      }
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        refuseSecond(message, field, inside);
        read(message, field, inside);
      }
    }
    return message;
  }

  private static void refuseSecond(Message message, ProtoField field, Place place) {
    ProtoField other = field.oneof() == null ? null : message.which(field.oneof());
    if (other != null) {
      throw new InvalidRequestException(
          place, "cannot be there together with " + other.json() + "; keep one of them");
    }
  }

  private void read(Message message, ProtoField field, Place place) {
    if (field.kind() instanceof ProtoKind.PassedOver) {
      try {
        parser.skipChildren();
      } catch (IOException e) {
        throw new NotJson(e);
      }
      return;
    }
    Object value =
        switch (field.cardinality()) {
          case ONE -> value(field, place);
          case LIST -> list(field, place);
          case MAP -> map(field, place);
        };
    message.set(field, value);
  }

  private List<Object> list(ProtoField field, Place place) {
    expect(JsonToken.START_ARRAY, place, "must be a JSON array");
    List<Object> values = new ArrayList<>();
    while (next(parser) != JsonToken.END_ARRAY) {
      Place inside = place.index(values.size());
      refuseNull(inside);
      values.add(value(field, inside));
    }
    return values;
  }

  private Map<String, Object> map(ProtoField field, Place place) {
    expect(JsonToken.START_OBJECT, place, "must be a JSON object of names and values");
    Map<String, Object> values = new LinkedHashMap<>();
    while (next(parser) != JsonToken.END_OBJECT) {
      String key = name(parser, place);
      Place inside = place.field(key);
      next(parser);
      refuseNull(inside);
      values.put(key, value(field, inside));
    }
    return values;
  }

  private Object value(ProtoField field, Place place) {
    if (field.kind() instanceof ProtoKind.Nested nested) {
      return message(FlyteMessages.of(nested), place);
    }
    limits.count(place);
    return field.kind() instanceof ProtoKind.Choice choice
        ? scalars.choice(choice.type(), place)
        : scalars.scalar((ProtoKind.Scalar) field.kind(), place);
  }

  private void refuseNull(Place place) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      throw new InvalidRequestException(
          place, "must not be null inside a list or map; leave it out");
    }
  }

  private void expect(JsonToken token, Place place, String problem) {
    if (parser.currentToken() != token) {
      throw new InvalidRequestException(place, problem);
    }
  }
}

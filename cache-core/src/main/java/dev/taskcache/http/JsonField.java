package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a JSON answer, and where it stands. What is not as it must be is an IOException. */
record JsonField(InputValue value, Place place) {

  /** Reads an answer, which must be one object in UTF-8. */
  static JsonField object(byte[] answer) throws IOException {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(answer)).toString();
      JsonField whole = new JsonField(JsonForm.parse(text), Place.root());
      if (whole.isObject()) {
        return whole;
      }
      throw new IOException("it is no JSON object");
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    } catch (InvalidRequestException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  boolean isObject() {
    return value instanceof InputValue.MapValue;
  }

  /** A member of an object; null if it is not there, or null. */
  @Nullable JsonField find(String name) throws IOException {
    if (value instanceof InputValue.MapValue map) {
      InputValue member = map.entries().get(name);
      return member == null || member == InputValue.Null.NULL
          ? null
          : new JsonField(member, place.field(name));
    }
    throw refuse("must be an object");
  }

  /** A member of an object that has to be there. */
  JsonField get(String name) throws IOException {
    JsonField member = find(name);
    if (member == null) {
      throw new JsonField(value, place.field(name)).refuse("is missing");
    }
    return member;
  }

  /** The elements of a member that is a list; none if it is not there. */
  List<JsonField> elements(String name) throws IOException {
    List<JsonField> elements = new ArrayList<>();
    JsonField member = find(name);
    if (member == null) {
      return elements;
    } else if (member.value() instanceof InputValue.ListValue list) {
      for (InputValue each : list.elements()) {
        elements.add(new JsonField(each, member.place().index(elements.size())));
      }
      return elements;
    }
    throw member.refuse("must be a list");
  }

  /** A member that is a text; empty if it is not there. */
  String textOrEmpty(String name) throws IOException {
    JsonField member = find(name);
    return member == null ? "" : member.text();
  }

  /** This text, which is not empty. */
  String filled() throws IOException {
    if (text().isEmpty()) {
      throw refuse("may not be empty");
    }
    return text();
  }

  String text() throws IOException {
    if (value instanceof InputValue.Text text) {
      return text.value();
    }
    throw refuse("must be a text");
  }

  /** A time after RFC 3339, of the years 0000 to 9999. */
  Instant instant() throws IOException {
    try {
      return new InputValue.Timestamp(OffsetDateTime.parse(text()).toInstant()).value();
    } catch (DateTimeException | InvalidRequestException e) {
      throw refuse("must be a time after RFC 3339, as 2026-03-01T10:00:00Z is");
    }
  }

  IOException refuse(String problem) {
    return new IOException(place + ": " + problem);
  }
}

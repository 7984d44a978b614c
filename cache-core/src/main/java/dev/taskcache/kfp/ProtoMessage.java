package dev.taskcache.kfp;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A message of Protocol Buffers in its JSON form, as protojson reads it: a field has its JSON name
 * or its own, null is absent, an unknown or repeated field is an error.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
final class ProtoMessage {
  /** Reads a value that stands at a place. */
  @FunctionalInterface
  interface Reader<T> extends BiFunction<InputValue, Place, T> {}

  /** A field that is there, under the name that it was given. */
  private record Given(InputValue value, Place place) {}

  private final Map<String, Given> fields = new HashMap<>();
  private final Place place;

  private ProtoMessage(Place place) {
    this.place = place;
  }

  /** A message that may have fields of these names, which are those of the .proto file. */
  static ProtoMessage of(InputValue json, Place place, String... names) {
    Map<String, String> known = new HashMap<>();
    for (String name : names) {
      known.put(name, jsonName(name));
      known.put(jsonName(name), jsonName(name));
    }
    ProtoMessage message = new ProtoMessage(place);
    Map<String, InputValue> given = Forms.map(json, place);
    Forms.onlyFields(given, known.keySet(), place);
    given.forEach(
        (name, value) -> {
          String field = known.getOrDefault(name, name);
          Given earlier = message.fields.put(field, new Given(value, place.field(name)));
          if (earlier != null) {
            throw new InvalidRequestException(
                place.field(name),
                "is the same field as " + earlier.place + ", so it is a duplicate; keep one");
          }
        });
    message.fields.values().removeIf(field -> field.value == InputValue.Null.NULL);
    return message;
  }

  /** A text, which is empty where it is absent. */
  String text(String name) {
    return message(name, Forms::text, "");
  }

  <T> T message(String name, Reader<? extends T> reader, T absent) {
    T read = optional(name, reader);
    return read == null ? absent : read;
  }

  <T> @Nullable T optional(String name, Reader<? extends T> reader) {
    Given field = fields.get(name);
    return field == null ? null : reader.apply(field.value, field.place);
  }

  <T> List<T> list(String name, Reader<T> reader) {
    return message(
        name,
        (json, at) -> {
          List<T> elements = new ArrayList<>();
          for (InputValue each : Forms.list(json, at)) {
            elements.add(reader.apply(each, at.index(elements.size())));
          }
          return elements;
        },
        List.of());
  }

  <T> Map<String, T> map(String name, Reader<T> reader) {
    return message(
        name,
        (json, at) -> {
          Map<String, T> entries = new LinkedHashMap<>();
          Forms.map(json, at)
              .forEach((key, each) -> entries.put(key, reader.apply(each, at.field(key))));
          return entries;
        },
        Map.of());
  }

  /** Which of several fields is there; null if none is. */
  @Nullable String oneOf(String... names) {
    String there = null;
    for (String name : names) {
      if (fields.containsKey(name)) {
        if (there != null) {
          throw new InvalidRequestException(
              place, "has " + there + " and " + name + ", of which there may be one; remove one");
        }
        there = name;
      }
    }
    return there;
  }

  private static String jsonName(String name) {
    StringBuilder json = new StringBuilder();
    boolean upper = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        json.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return json.toString();
  }
}

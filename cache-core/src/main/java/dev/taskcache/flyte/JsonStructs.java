package dev.taskcache.flyte;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads protobuf's Struct, which is any JSON object whose numbers are doubles. */
final class JsonStructs {
  private final JsonParser parser;
  private final Limits limits;
  private final JsonScalars scalars;

  JsonStructs(JsonParser parser, Limits limits) {
    this.parser = parser;
    this.limits = limits;
    this.scalars = new JsonScalars(parser);
  }

  /** The Struct that begins here. */
  Message struct(Place place) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidRequestException(place, "must be a JSON object");
    }
    Map<String, Message> fields = new LinkedHashMap<>();
    while (JsonMessages.next(parser) != JsonToken.END_OBJECT) {
      String key = JsonMessages.name(parser, place);
      JsonMessages.next(parser);
      fields.put(key, value(place.field(key)));
    }
    return Message.empty(CommonMessages.STRUCT).set("fields", fields);
  }

  private Message value(Place place) {
    limits.count(place);
    return limits.inside(
        place,
        () -> {
          Message value = Message.empty(CommonMessages.VALUE);
          return switch (parser.currentToken()) {
            case VALUE_NULL -> value.set("null_value", 0L);
            case VALUE_TRUE, VALUE_FALSE -> value.set("bool_value", scalars.bool(place));
            case VALUE_STRING -> value.set("string_value", scalars.text(place));
            case START_OBJECT ->
                value.set("struct_value", limits.inside(place, () -> struct(place)));
            case START_ARRAY -> value.set("list_value", limits.inside(place, () -> list(place)));
            default -> value.set("number_value", scalars.number(place));
          };
        });
  }

  private Message list(Place place) {
    List<Message> values = new ArrayList<>();
    while (JsonMessages.next(parser) != JsonToken.END_ARRAY) {
      values.add(value(place.index(values.size())));
    }
    return Message.empty(CommonMessages.LIST_VALUE).set("values", values);
  }
}

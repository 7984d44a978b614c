package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages as values: a map of their fields that are there, by their JSON names. */
final class MessageValues {
  private MessageValues() {}

  static InputValue of(Message message) {
    return switch (message.type().name()) {
      case CommonMessages.TIMESTAMP ->
          new InputValue.Timestamp(
              Instant.ofEpochSecond(message.number("seconds"), message.number("nanos")));
      case CommonMessages.DURATION -> new InputValue.Decimal(JsonTimes.seconds(message));
      case CommonMessages.BOOL_VALUE -> new InputValue.Bool(message.flag("value"));
      case CommonMessages.STRUCT -> map(message.map("fields"));
      case CommonMessages.LIST_VALUE -> list(message.list("values"));
      case CommonMessages.VALUE -> value(message);
      default -> {
        Map<String, InputValue> fields = new LinkedHashMap<>();
        message.forEach((field, value) -> fields.put(field.json(), one(field.kind(), value)));
        yield new InputValue.MapValue(fields);
      }
    };
  }

  private static InputValue value(Message value) {
    ProtoField kind = value.which("kind");
    Object given = kind == null ? null : value.get(kind);
    return kind == null || given == null || value.has("null_value")
        ? InputValue.Null.NULL
        : one(kind.kind(), given);
  }

  static InputValue one(ProtoKind kind, Object value) {
    if (value instanceof List<?> list) {
      List<InputValue> elements = new ArrayList<>();
      list.forEach(each -> elements.add(one(kind, each)));
      return new InputValue.ListValue(elements);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, InputValue> entries = new LinkedHashMap<>();
      map.forEach((key, each) -> entries.put((String) key, one(kind, each)));
      return new InputValue.MapValue(entries);
    } else if (value instanceof Message message) {
      return of(message);
    } else if (kind instanceof ProtoKind.Choice choice && value instanceof Long number) {
      String name = choice.type().name(number.intValue());
      return name == null ? new InputValue.Int(number) : new InputValue.Text(name);
    }
    return InputValue.of(value);
  }

  private static InputValue map(Map<String, Message> values) {
    Map<String, InputValue> entries = new LinkedHashMap<>();
    values.forEach((key, each) -> entries.put(key, of(each)));
    return new InputValue.MapValue(entries);
  }

  private static InputValue list(List<Message> values) {
    return new InputValue.ListValue(values.stream().map(MessageValues::of).toList());
  }
}

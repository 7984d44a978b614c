package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A message as protobuf keeps it: fields that have their default are absent, unless they are set in
 * a oneof. Values are texts, {@link InputValue.Bytes}, booleans, longs (of integers and enums),
 * doubles and messages, or lists or maps of them. Filled by a reader, never changed after.
 */
final class Message {
  private final MessageType type;
  private final Map<Integer, Object> fields = new TreeMap<>();

  Message(MessageType type) {
    this.type = type;
  }

  static Message empty(String type) {
    return new Message(FlyteMessages.of(type));
  }

  MessageType type() {
    return type;
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Sets a field; its default makes it absent. Other fields of its oneof are absent then. */
  Message set(ProtoField field, Object value) {
    if (field.oneof() != null) {
      for (ProtoField other : type.fields()) {
        if (field.oneof().equals(other.oneof())) {
          fields.remove(other.number());
        }
      }
      fields.put(field.number(), value);
    } else if (isDefault(value)) {
      fields.remove(field.number());
    } else {
      fields.put(field.number(), value);
    }
    return this;
  }

  Message set(String field, Object value) {
    return set(type.known(field), value);
  }

  /** A field's value; null if it is absent. */
  @Nullable Object get(ProtoField field) {
    return fields.get(field.number());
  }

  boolean has(String field) {
    return get(type.known(field)) != null;
  }

  /** The field of a oneof that is set; null if none is. */
  @Nullable ProtoField which(String oneof) {
    for (ProtoField field : type.fields()) {
      if (oneof.equals(field.oneof()) && fields.containsKey(field.number())) {
        return field;
      }
    }
    return null;
  }

  /** The fields that are there, by number. */
  void forEach(BiConsumer<ProtoField, Object> consumer) {
    for (ProtoField field : type.fields()) {
      Object value = fields.get(field.number());
      if (value != null) {
        consumer.accept(field, value);
      }
    }
  }

  String text(String field) {
    return get(type.known(field)) instanceof String text ? text : "";
  }

  boolean flag(String field) {
    return get(type.known(field)) instanceof Boolean flag && flag;
  }

  long number(String field) {
    return get(type.known(field)) instanceof Long number ? number : 0;
  }

  double real(String field) {
    return get(type.known(field)) instanceof Double number ? number : 0;
  }

  /** The name of an enum's value, or its number where it has none. */
  String choice(String field) {
    ProtoKind.Choice kind = (ProtoKind.Choice) type.known(field).kind();
    long number = number(field);
    String name = kind.type().name((int) number);
    return name == null ? Long.toString(number) : name;
  }

  /** A message in this one; an empty one if it is absent. */
  Message message(String field) {
    ProtoField known = type.known(field);
    return get(known) instanceof Message message
        ? message
        : new Message(FlyteMessages.of((ProtoKind.Nested) known.kind()));
  }

  @SuppressWarnings("unchecked") // readers put lists there, of the field's kind
  <T> List<T> list(String field) {
    return get(type.known(field)) instanceof List<?> list ? (List<T>) list : List.of();
  }

  @SuppressWarnings("unchecked") // readers put maps there, of the field's kind
  <T> Map<String, T> map(String field) {
    return get(type.known(field)) instanceof Map<?, ?> map ? (Map<String, T>) map : Map.of();
  }

  private static boolean isDefault(Object value) {
    return value.equals("")
        || value.equals(Boolean.FALSE)
        || value.equals(0L)
        || value.equals(0.0) // not -0.0, as in protobuf
        || value instanceof InputValue.Bytes bytes && bytes.value().length == 0
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Message message
        && type == message.type
        && fields.equals(message.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return type + " " + fields;
  }
}

package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Digests of messages, by way of the JSON that Flyte's server writes for them: {@link ObjectHash}
 * of that, without writing it.
 */
final class MessageHash {
  private static final ProtoKind VALUE = new ProtoKind.Nested(CommonMessages.VALUE);

  private MessageHash() {}

  /** 43 characters of base64 in its URL form, without padding. */
  static String text(Message message) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(of(message));
  }

  static byte[] of(Message message) {
    return switch (message.type().name()) {
      case CommonMessages.TIMESTAMP, CommonMessages.DURATION ->
          ObjectHash.text(JsonTimes.write(message));
      case CommonMessages.BOOL_VALUE -> ObjectHash.bool(message.flag("value"));
      case CommonMessages.STRUCT -> map(message.map("fields"), VALUE);
      case CommonMessages.LIST_VALUE -> list(message.list("values"), VALUE);
      case CommonMessages.VALUE -> value(message);
      default -> {
        Map<String, byte[]> fields = new HashMap<>();
        message.forEach((field, value) -> fields.put(field.json(), field(field, value)));
        yield ObjectHash.map(fields);
      }
    };
  }

  private static byte[] value(Message value) {
    ProtoField kind = value.which("kind");
    Object given = kind == null ? null : value.get(kind);
    return kind == null || given == null || value.has("null_value")
        ? ObjectHash.NULL
        : one(kind.kind(), given);
  }

  private static byte[] field(ProtoField field, Object value) {
    if (value instanceof List<?> list) {
      return list(list, field.kind());
    } else if (value instanceof Map<?, ?> map) {
      return map(map, field.kind());
    }
    return one(field.kind(), value);
  }

  private static byte[] list(List<?> values, ProtoKind kind) {
    List<byte[]> digests = new ArrayList<>(values.size());
    values.forEach(each -> digests.add(one(kind, each)));
    return ObjectHash.list(digests);
  }

  private static byte[] map(Map<?, ?> values, ProtoKind kind) {
    Map<String, byte[]> digests = new HashMap<>();
    values.forEach((key, each) -> digests.put((String) key, one(kind, each)));
    return ObjectHash.map(digests);
  }

  private static byte[] one(ProtoKind kind, Object value) {
    if (value instanceof Message message) {
      return of(message);
    } else if (value instanceof String text) {
      return ObjectHash.text(text);
    } else if (value instanceof Boolean flag) {
      return ObjectHash.bool(flag);
    } else if (value instanceof Double number) {
      return number(number);
    } else if (value instanceof InputValue.Bytes bytes) {
      return ObjectHash.text(Base64.getEncoder().encodeToString(bytes.value()));
    }
    return integer(kind, (Long) value);
  }

  /** What JSON has no number for is a text there. */
  private static byte[] number(double number) {
    return Double.isFinite(number)
        ? ObjectHash.number(number)
        : ObjectHash.text(ObjectHash.normal(number));
  }

  /** Integers of 64 bits are texts in JSON, shorter ones numbers; an enum is its name if known. */
  private static byte[] integer(ProtoKind kind, long value) {
    if (kind == ProtoKind.Scalar.INT64) {
      return ObjectHash.text(Long.toString(value));
    } else if (kind == ProtoKind.Scalar.UINT64) {
      return ObjectHash.text(Long.toUnsignedString(value));
    } else if (kind instanceof ProtoKind.Choice choice) {
      String name = choice.type().name((int) value);
      return name == null ? ObjectHash.number(value) : ObjectHash.text(name);
    }
    return ObjectHash.number(value);
  }
}

package dev.taskcache.flyte;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskcache.key.InputValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The long way round to a digest: messages written as JSON, and that JSON digested as such, with no
 * knowledge of messages.
 */
final class JsonForTests {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonForTests() {}

  static JsonNode write(Message message) {
    switch (message.type().name()) {
      case CommonMessages.TIMESTAMP, CommonMessages.DURATION:
        return NODES.textNode(JsonTimes.write(message));
      case CommonMessages.BOOL_VALUE:
        return NODES.booleanNode(message.flag("value"));
      case CommonMessages.STRUCT:
        return object(message.map("fields"), new ProtoKind.Nested(CommonMessages.VALUE));
      case CommonMessages.LIST_VALUE:
        return array(message.list("values"), new ProtoKind.Nested(CommonMessages.VALUE));
      case CommonMessages.VALUE:
        ProtoField kind = message.which("kind");
        return kind.name().equals("null_value")
            ? NODES.nullNode()
            : one(kind.kind(), message.get(kind));
      default:
        ObjectNode object = NODES.objectNode();
        message.forEach(
            (field, value) -> {
              JsonNode node =
                  value instanceof List<?> list
                      ? array(list, field.kind())
                      : value instanceof Map<?, ?> map
                          ? object(map, field.kind())
                          : one(field.kind(), value);
              object.set(field.json(), node);
            });
        return object;
    }
  }

  private static ObjectNode object(Map<?, ?> map, ProtoKind kind) {
    ObjectNode object = NODES.objectNode();
    map.forEach((key, value) -> object.set((String) key, one(kind, value)));
    return object;
  }

  private static ArrayNode array(List<?> list, ProtoKind kind) {
    ArrayNode array = NODES.arrayNode();
    list.forEach(value -> array.add(one(kind, value)));
    return array;
  }

  private static JsonNode one(ProtoKind kind, Object value) {
    if (value instanceof Message message) {
      return write(message);
    } else if (value instanceof String text) {
      return NODES.textNode(text);
    } else if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    } else if (value instanceof Double number) {
      return NODES.numberNode(number);
    } else if (value instanceof InputValue.Bytes bytes) {
      return NODES.textNode(Base64.getEncoder().encodeToString(bytes.value()));
    } else if (kind instanceof ProtoKind.Choice choice) {
      return NODES.textNode(choice.type().names().get(((Long) value).intValue()));
    } else if (kind == ProtoKind.Scalar.INT64) {
      return NODES.textNode(value.toString());
    } else if (kind == ProtoKind.Scalar.UINT64) {
      return NODES.textNode(Long.toUnsignedString((Long) value));
    }
    return NODES.numberNode((Long) value);
  }

  static byte[] digest(JsonNode node) {
    if (node.isNull()) {
      return sha256("n".getBytes(StandardCharsets.UTF_8));
    } else if (node.isBoolean()) {
      return sha256((node.asBoolean() ? "b1" : "b0").getBytes(StandardCharsets.UTF_8));
    } else if (node.isTextual()) {
      return sha256(("u" + node.asText()).getBytes(StandardCharsets.UTF_8));
    } else if (node.isNumber()) {
      return sha256(("f" + binary(node.asDouble())).getBytes(StandardCharsets.UTF_8));
    }
    List<String> parts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(each -> parts.add(HexFormat.of().formatHex(digest(each))));
    } else {
      node.fields()
          .forEachRemaining(
              each ->
                  parts.add(
                      HexFormat.of().formatHex(digest(NODES.textNode(each.getKey())))
                          + HexFormat.of().formatHex(digest(each.getValue()))));
      parts.sort(null);
    }
    byte[] inside = HexFormat.of().parseHex(String.join("", parts));
    byte[] all = new byte[inside.length + 1];
    all[0] = (byte) (node.isArray() ? 'l' : 'd');
    System.arraycopy(inside, 0, all, 1, inside.length);
    return sha256(all);
  }

  /** Another way to the digits: from the bits of the number, not by halving it. */
  private static String binary(double number) {
    if (number == 0) {
      return "+0:";
    }
    long significand = bits(number);
    int exponent = Math.max(Math.getExponent(number), Double.MIN_EXPONENT) - 52;
    int length = Long.SIZE - Long.numberOfLeadingZeros(significand);
    String digits = Long.toBinaryString(significand).replaceAll("0+$", "");
    boolean power = digits.equals("1");
    int e = exponent + length - (power ? 1 : 0);
    return (number < 0 ? "-" : "+") + e + ":" + (power ? "1" : "0" + digits);
  }

  private static long bits(double number) {
    long fraction = Double.doubleToRawLongBits(number) & (1L << 52) - 1;
    return Math.getExponent(number) < Double.MIN_EXPONENT ? fraction : fraction | 1L << 52;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

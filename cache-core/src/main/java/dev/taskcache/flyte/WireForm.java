package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes messages as protobuf's deterministic serialisation does: fields by number, maps by the
 * bytes of their keys. flytekit's local key is a digest of these bytes.
 */
final class WireForm {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private WireForm() {}

  static byte[] write(Message message) {
    WireForm form = new WireForm();
    message.forEach(form::field);
    return form.out.toByteArray();
  }

  private void field(ProtoField field, Object value) {
    if (value instanceof List<?> list) {
      list.forEach(each -> one(field.number(), field.kind(), each));
    } else if (value instanceof Map<?, ?> map) {
      Utf8Order.sorted(map).forEach((key, each) -> entry(field, key, each));
    } else {
      one(field.number(), field.kind(), value);
    }
  }

  private void entry(ProtoField field, String key, Object value) {
    WireForm entry = new WireForm();
    entry.one(1, ProtoKind.Scalar.STRING, key);
    entry.one(2, field.kind(), value);
    delimited(field.number(), entry.out.toByteArray());
  }

  private void one(int number, ProtoKind kind, Object value) {
    if (value instanceof Message message) {
      delimited(number, write(message));
    } else if (value instanceof String text) {
      delimited(number, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof InputValue.Bytes bytes) {
      delimited(number, bytes.value());
    } else if (value instanceof Double real) {
      tag(number, FIXED64);
      out.writeBytes(
          ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(real).array());
    } else if (value instanceof Boolean flag) {
      tag(number, VARINT);
      varint(flag ? 1 : 0);
    } else if (value instanceof Long integer) {
      tag(number, VARINT);
      varint(integer); // a negative one of 32 bits is widened to 64, as protobuf does
    } else {
      throw new AssertionError(kind + " " + value.getClass());
    }
  }

  private void delimited(int number, byte[] bytes) {
    tag(number, DELIMITED);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  private void tag(int number, int wireType) {
    varint((long) number << 3 | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}

package dev.taskcache.key;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes values in deterministically encoded CBOR (RFC 8949, section 4.2.1), as {@code
 * docs/key-format.md} says. Maps come sorted already. Not thread-safe.
 */
final class CanonicalWriter {
  /** The deepest nesting of lists, maps and metadata. */
  static final int MOST_DEPTH = 1_000;

  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int LIST = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int TAG_TIMESTAMP = 0;
  private static final int TAG_POSITIVE = 2;
  private static final int TAG_NEGATIVE = 3;
  private static final int TAG_DECIMAL = 4;
  private static final int TAG_OBJECT = 27;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  /** Encodes a value; refuses one that nests too deeply. */
  static byte[] encode(InputValue value) {
    return Depth.guarded(Place.root(), () -> new CanonicalWriter().value(value).toBytes());
  }

  /** Encodes a document made of types, whose own nesting was limited before it became values. */
  static byte[] encodeTypes(InputValue types) {
    return new CanonicalWriter().value(types, -2 * MOST_DEPTH - 2).toBytes();
  }

  /** A map of values each of which has a depth of its own; refusals name the entry. */
  CanonicalWriter entries(InputValue.MapValue map) {
    map(map.entries().size());
    for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
      try {
        Depth.guarded(Place.root(), () -> text(entry.getKey()).value(entry.getValue()));
      } catch (InvalidRequestException e) {
        throw e.under(Place.of(entry.getKey()));
      }
    }
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  CanonicalWriter map(int entries) {
    return head(MAP, entries);
  }

  CanonicalWriter list(int elements) {
    return head(LIST, elements);
  }

  /** Begins a tag 27 list: an object of a type that the first element names. */
  CanonicalWriter object(String type, int parts) {
    return head(TAG, TAG_OBJECT).list(parts + 1).text(type);
  }

  CanonicalWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(TEXT, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** What another writer has encoded. */
  CanonicalWriter encoded(CanonicalWriter other) {
    out.writeBytes(other.toBytes());
    return this;
  }

  CanonicalWriter bytes(byte[] bytes) {
    head(BYTES, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  CanonicalWriter value(InputValue value) {
    return value(value, 0);
  }

  private CanonicalWriter value(InputValue value, int depth) {
    if (value instanceof InputValue.Text text) {
      return text(text.value());
    } else if (value instanceof InputValue.Int integer) {
      return integer(integer.value());
    } else if (value instanceof InputValue.Float64 number) {
      return float64(number.value());
    } else if (value instanceof InputValue.Bool bool) {
      out.write(bool.value() ? 0xf5 : 0xf4);
      return this;
    } else if (value instanceof InputValue.MapValue map) {
      int inside = Depth.below(depth, Place.root());
      map(map.entries().size());
      for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
        text(entry.getKey()).value(entry.getValue(), inside);
      }
      return this;
    } else if (value instanceof InputValue.ListValue list) {
      int inside = Depth.below(depth, Place.root());
      list(list.elements().size());
      for (InputValue element : list.elements()) {
        value(element, inside);
      }
      return this;
    } else if (value instanceof InputValue.Decimal decimal) {
      return decimal(decimal.value());
    } else if (value instanceof InputValue.Timestamp timestamp) {
      return head(TAG, TAG_TIMESTAMP).text(Timestamps.format(timestamp.value()));
    } else if (value instanceof InputValue.Bytes bytes) {
      return bytes(bytes.value());
    } else if (value instanceof InputValue.Artifact artifact) {
      return artifact(artifact, depth);
    } else if (value instanceof InputValue.Secret secret) {
      return object("secret", 2).text(secret.name()).text(secret.version());
    } else if (value == InputValue.Null.NULL) {
      out.write(0xf6);
      return this;
    }
    throw new AssertionError(value);
  }

  private CanonicalWriter artifact(InputValue.Artifact artifact, int depth) {
    boolean described = !artifact.metadata().entries().isEmpty();
    int parts = described ? 3 : 2;
    String digest = artifact.digest();
    String uri = artifact.uri();
    if (digest != null) {
      object("artifact", parts).text(artifact.type()).text(digest);
    } else if (uri != null) {
      object("artifact-at", parts).text(artifact.type()).text(uri);
    } else {
      object("artifact", parts).text(artifact.type()).value(InputValue.Null.NULL);
    }
    return described ? value(artifact.metadata(), Depth.below(depth, Place.root())) : this;
  }

  private CanonicalWriter integer(BigInteger value) {
    boolean negative = value.signum() < 0;
    // CBOR writes a negative n as -1 - n, which is its bitwise complement.
    BigInteger magnitude = negative ? value.not() : value;
    if (magnitude.bitLength() <= 64) {
      return head(negative ? 1 : 0, magnitude.longValue());
    }
    byte[] bytes = magnitude.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    head(TAG, negative ? TAG_NEGATIVE : TAG_POSITIVE).head(BYTES, bytes.length - sign);
    out.write(bytes, sign, bytes.length - sign);
    return this;
  }

  private CanonicalWriter decimal(BigDecimal value) {
    return head(TAG, TAG_DECIMAL)
        .list(2)
        .integer(BigInteger.valueOf(-(long) value.scale()))
        .integer(value.unscaledValue());
  }

  private CanonicalWriter float64(double value) {
    if (Double.isNaN(value)) {
      return fixed(0xf9, 0x7e00, 2);
    }
    float single = (float) value;
    if (single != value) {
      return fixed(0xfb, Double.doubleToRawLongBits(value), 8);
    }
    int half = HalfFloat.bits(single);
    return half == HalfFloat.INEXACT
        ? fixed(0xfa, Float.floatToRawIntBits(single), 4)
        : fixed(0xf9, half, 2);
  }

  /** A major type with its argument, unsigned, in the shortest form. */
  private CanonicalWriter head(int major, long argument) {
    int type = major << 5;
    if (Long.compareUnsigned(argument, 24) < 0) {
      return fixed(type | (int) argument, 0, 0);
    } else if (Long.compareUnsigned(argument, 1L << 8) < 0) {
      return fixed(type | 24, argument, 1);
    } else if (Long.compareUnsigned(argument, 1L << 16) < 0) {
      return fixed(type | 25, argument, 2);
    } else if (Long.compareUnsigned(argument, 1L << 32) < 0) {
      return fixed(type | 26, argument, 4);
    }
    return fixed(type | 27, argument, 8);
  }

  private CanonicalWriter fixed(int first, long bits, int bytes) {
    out.write(first);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (bits >>> shift));
    }
    return this;
  }
}

package dev.taskcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

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

  private final EncodedBytes out;

  private CanonicalWriter(EncodedBytes out) {
    this.out = out;
  }

  /** A writer whose bytes are wanted. */
  static CanonicalWriter keeping() {
    return new CanonicalWriter(new EncodedBytes(null));
  }

  /** A writer whose digest alone is wanted; a thread uses one at a time. */
  static CanonicalWriter digesting() {
    return new CanonicalWriter(new EncodedBytes(Sha256.begin()));
  }

  /** Encodes a value; refuses one that nests too deeply. */
  static byte[] encode(InputValue value) {
    return Depth.guarded(Place.root(), () -> keeping().value(value).toBytes());
  }

  /** Encodes a document made of types, whose own nesting was limited before it became values. */
  static byte[] encodeTypes(InputValue types) {
    return keeping().value(types, -2 * MOST_DEPTH - 2).toBytes();
  }

  /** A map of values each of which has a depth of its own; refusals name the entry. */
  CanonicalWriter entries(InputValue.MapValue map) {
    SortedEntries entries = map.sorted();
    map(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      text(entries.name(i));
      try {
        value(entries.value(i));
      } catch (InvalidRequestException e) {
        throw e.under(Place.of(entries.name(i).value()));
      }
    }
    return this;
  }

  byte[] toBytes() {
    return out.toBytes();
  }

  /** The digest of what was written since the last one. */
  byte[] toDigest() {
    return out.toDigest();
  }

  /** How many bytes were written since the last digest. */
  long size() {
    return out.size();
  }

  CanonicalWriter map(int entries) {
    return head(MAP, entries);
  }

  CanonicalWriter list(int elements) {
    return head(LIST, elements);
  }

  /** Begins a tag 27 list: an object of a type that the first element names. */
  CanonicalWriter object(String type, int parts) {
    return head(TAG, TAG_OBJECT).list(parts + 1).ascii(type);
  }

  /** A text without lone surrogates. */
  CanonicalWriter text(String text) {
    return text(new InputValue.Text(text));
  }

  CanonicalWriter text(InputValue.Text measured) {
    if (!measured.isShort()) {
      return longer(measured);
    }
    out.put(measured.firstEight(), measured.nextEight(), 1 + (int) measured.utf8Bytes());
    return this;
  }

  private CanonicalWriter longer(InputValue.Text measured) {
    head(TEXT, measured.utf8Bytes());
    byte[] utf8 = measured.utf8();
    if (measured.isAscii()) {
      out.ascii(measured.value());
    } else if (utf8 != null) {
      raw(utf8);
    } else {
      new LongText(measured.value()).encode(out);
    }
    return this;
  }

  /** A text that is known to be ASCII: names of this format, digests. */
  CanonicalWriter ascii(String text) {
    head(TEXT, text.length());
    out.ascii(text);
    return this;
  }

  /** What another writer has kept. */
  CanonicalWriter encoded(CanonicalWriter other) {
    return raw(other.toBytes());
  }

  CanonicalWriter bytes(byte[] bytes) {
    return head(BYTES, bytes.length).raw(bytes);
  }

  /** Bytes that are encoded already. */
  CanonicalWriter raw(byte[] bytes) {
    out.put(bytes, 0, bytes.length);
    return this;
  }

  CanonicalWriter value(InputValue value) {
    return value(value, 0);
  }

  private CanonicalWriter value(InputValue value, int depth) {
    if (value instanceof InputValue.Text text) {
      return text(text);
    } else if (value instanceof InputValue.Int integer) {
      return integer(integer.value());
    } else if (value instanceof InputValue.Float64 number) {
      return float64(number.value());
    } else if (value instanceof InputValue.Bool bool) {
      out.put(bool.value() ? 0xf5 : 0xf4);
      return this;
    } else if (value instanceof InputValue.MapValue map) {
      int inside = Depth.below(depth, Place.root());
      SortedEntries entries = map.sorted();
      map(entries.size());
      for (int i = 0; i < entries.size(); i++) {
        text(entries.name(i)).value(entries.value(i), inside);
      }
      return this;
    } else if (value instanceof InputValue.ListValue list) {
      int inside = Depth.below(depth, Place.root());
      List<InputValue> elements = list.elements();
      list(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        value(elements.get(i), inside);
      }
      return this;
    } else if (value instanceof InputValue.Decimal decimal) {
      return decimal(decimal.value());
    } else if (value instanceof InputValue.Timestamp timestamp) {
      return head(TAG, TAG_TIMESTAMP).ascii(Timestamps.format(timestamp.value()));
    } else if (value instanceof InputValue.Bytes bytes) {
      return bytes(bytes.value());
    } else if (value instanceof InputValue.Artifact artifact) {
      return artifact(artifact, depth);
    } else if (value instanceof InputValue.Secret secret) {
      return object("secret", 2).text(secret.name()).text(secret.version());
    } else if (value == InputValue.Null.NULL) {
      out.put(0xf6);
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
      object("artifact", parts).text(artifact.type()).ascii(digest);
    } else if (uri != null) {
      object("artifact-at", parts).text(artifact.type()).text(uri);
    } else {
      object("artifact", parts).text(artifact.type()).value(InputValue.Null.NULL);
    }
    return described ? value(artifact.metadata(), Depth.below(depth, Place.root())) : this;
  }

  private CanonicalWriter integer(BigInteger value) {
    int bits = value.bitLength();
    if (bits < Long.SIZE) {
      return integer(bits < Integer.SIZE ? value.intValue() : value.longValue());
    }
    boolean negative = value.signum() < 0;
    // CBOR writes a negative n as -1 - n, which is its bitwise complement.
    BigInteger magnitude = negative ? value.not() : value;
    if (magnitude.bitLength() <= 64) {
      return head(negative ? 1 : 0, magnitude.longValue());
    }
    byte[] bytes = magnitude.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    head(TAG, negative ? TAG_NEGATIVE : TAG_POSITIVE).head(BYTES, bytes.length - sign);
    out.put(bytes, sign, bytes.length - sign);
    return this;
  }

  CanonicalWriter integer(long value) {
    return head(value < 0 ? 1 : 0, value < 0 ? ~value : value);
  }

  private CanonicalWriter decimal(BigDecimal value) {
    return head(TAG, TAG_DECIMAL)
        .list(2)
        .integer(-(long) value.scale())
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

  private CanonicalWriter head(int major, long argument) {
    out.head(major, argument);
    return this;
  }

  private CanonicalWriter fixed(int first, long bits, int bytes) {
    out.put(first, bits, bytes);
    return this;
  }
}

package dev.taskcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that goes into a key, or comes out of a task: outputs are values of the same forms,
 * because one task's outputs are the next one's inputs.
 *
 * <p>Every form has exactly one encoding ({@code docs/key-format.md}, section 3), and two values
 * are equal if and only if their encodings are, but for artifacts whose digest is known: their URI
 * is not in the encoding. Values are immutable and thread-safe. Their constructors throw {@link
 * InvalidRequestException} for what the format cannot encode.
 */
public sealed interface InputValue {

  /**
   * Converts a Java object: null, Boolean, integral numbers, Float and Double (float64),
   * BigDecimal, CharSequence, Character and Enum (text), byte[], Instant, OffsetDateTime,
   * ZonedDateTime, Collection and arrays (list; a Set in the order of its elements' encodings), Map
   * with text or enum keys, records (map of their components; an empty Optional is left out),
   * Optional, and InputValue itself.
   *
   * @param value the object; null is the value null
   * @param place where it stands, for errors
   * @return the value, independent of the object from now on
   * @throws InvalidRequestException if the object, or one inside it, is none of these, nests deeper
   *     than 1,000, contains itself, or fails or changes while it is read
   */
  static InputValue of(@Nullable Object value, Place place) {
    return JavaObjects.toValue(value, place);
  }

  /**
   * Converts a Java object that stands nowhere in particular.
   *
   * @param value the object; null is the value null
   * @return the value
   * @throws InvalidRequestException as {@link #of(Object, Place)}
   */
  static InputValue of(@Nullable Object value) {
    return JavaObjects.toValue(value, Place.root());
  }

  /** Null, which is neither absent nor empty. */
  enum Null implements InputValue {
    /** The one null. */
    NULL
  }

  /**
   * A truth value.
   *
   * @param value it
   */
  record Bool(boolean value) implements InputValue {}

  /**
   * An integer of any size.
   *
   * @param value it
   */
  record Int(BigInteger value) implements InputValue {
    /**
     * An integer of 64 bits.
     *
     * @param value it
     */
    public Int(long value) {
      this(BigInteger.valueOf(value));
    }
  }

  /**
   * A binary floating-point number of 64 bits (IEEE 754). There is one NaN; -0.0 is not 0.0.
   *
   * @param value it
   */
  record Float64(double value) implements InputValue {}

  /**
   * A decimal number. Trailing zeros do not count: 1.0 and 1.00 are one value.
   *
   * @param value it; kept without trailing zeros, zero as 0
   */
  record Decimal(BigDecimal value) implements InputValue {
    private static final int LARGEST_EXPONENT = 999_999_999;

    /** Strips the trailing zeros; refuses an exponent beyond 999,999,999. */
    public Decimal {
      try {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      } catch (ArithmeticException e) {
        throw exponent();
      }
      if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
        throw exponent();
      }
    }

    private static InvalidRequestException exponent() {
      return new InvalidRequestException(
          Place.root(), "the decimal's exponent is beyond 999999999; pass it as text");
    }
  }

  /** A text of Unicode scalar values. Not normalised. */
  final class Text implements InputValue {
    private final String value;
    // Checking it means looking at every char; what was learned by that makes keys cheaper.
    private final long utf8Bytes;
    // A short text's whole encoding, which is written and compared as two numbers.
    private final long firstEight;
    private final long nextEight;
    // What is neither ASCII nor long is encoded once: that costs ten times as much as to copy it.
    private final byte @Nullable [] utf8;

    /**
     * Refuses a lone surrogate.
     *
     * @param value the text
     */
    public Text(String value) {
      this.value = value;
      this.utf8Bytes = Utf8.length(value, Place.root());
      boolean isShort = utf8Bytes <= ShortText.MOST && isAscii();
      this.firstEight = isShort ? ShortText.firstEight(value) : 0;
      this.nextEight = isShort ? ShortText.nextEight(value) : 0;
      this.utf8 =
          isAscii() || value.length() >= LongText.LEAST
              ? null
              : value.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The text.
     *
     * @return as it was given
     */
    public String value() {
      return value;
    }

    long utf8Bytes() {
      return utf8Bytes;
    }

    boolean isAscii() {
      return utf8Bytes == value.length();
    }

    /** The bytes, not to be changed; null if the text is ASCII or long. */
    byte @Nullable [] utf8() {
      return utf8;
    }

    /** Whether {@link #firstEight} and {@link #nextEight} are the encoding, and zeros after it. */
    boolean isShort() {
      return firstEight != 0;
    }

    long firstEight() {
      return firstEight;
    }

    long nextEight() {
      return nextEight;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Text text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }

    @Override
    public String toString() {
      return "Text[value=" + value + "]";
    }
  }

  /**
   * A byte string.
   *
   * @param value the bytes, copied in and out
   */
  record Bytes(byte[] value) implements InputValue {
    /** Copies the bytes. */
    public Bytes {
      value = value.clone();
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Bytes[" + value.length + "]";
    }
  }

  /**
   * A point in time, UTC.
   *
   * @param value it; years 0000 to 9999
   */
  record Timestamp(Instant value) implements InputValue {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Refuses a year outside 0000 to 9999. */
    public Timestamp {
      if (value.isBefore(FIRST) || value.isAfter(LAST)) {
        throw new InvalidRequestException(
            Place.root(), "the timestamp's year is outside 0000 to 9999 in UTC; pass it as text");
      }
    }
  }

  /**
   * A list, in order.
   *
   * @param elements its elements, copied
   */
  record ListValue(List<InputValue> elements) implements InputValue {
    /** Copies the list. */
    public ListValue {
      elements = List.copyOf(elements);
    }

    // A record's own equals takes so many frames that a thousand levels overflow a usual stack.
    @Override
    public boolean equals(Object other) {
      return other instanceof ListValue list && elements.equals(list.elements);
    }

    @Override
    public int hashCode() {
      return elements.hashCode();
    }
  }

  /** A map with text keys; the order in which they were put does not count. */
  final class MapValue implements InputValue {
    /** The map without entries. */
    public static final MapValue EMPTY = new MapValue(Map.of());

    private final SortedEntries entries;

    /**
     * Copies the map and sorts it; refuses a key with a lone surrogate.
     *
     * @param entries value by key
     */
    public MapValue(Map<String, InputValue> entries) {
      this.entries = SortedEntries.copyOf(entries);
    }

    /**
     * The entries.
     *
     * @return unmodifiable; they iterate in the order of the format
     */
    public Map<String, InputValue> entries() {
      return entries;
    }

    SortedEntries sorted() {
      return entries;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof MapValue map && entries.equals(map.entries);
    }

    @Override
    public int hashCode() {
      return entries.hashCode();
    }

    @Override
    public String toString() {
      return "MapValue[entries=" + entries + "]";
    }
  }

  /**
   * A reference to an artifact that lives elsewhere. Its identity is its content, not its place:
   * where the digest is known the URI is not in the key.
   *
   * @param type the artifact's type, not empty, for instance {@code system.Dataset}
   * @param digest the content's digest, for instance {@code sha256:…}; null if it is not known
   * @param uri where it lies; null if that does not matter
   * @param metadata what else belongs to its identity; may be empty
   */
  record Artifact(String type, @Nullable String digest, @Nullable String uri, MapValue metadata)
      implements InputValue {
    /** Refuses an empty type, a malformed digest, and an artifact with nothing to identify it. */
    public Artifact {
      Utf8.checkName(type, Place.of("type"), "an artifact's type");
      if (digest != null) {
        ContentDigest.check(digest, Place.of("digest"));
      }
      if (uri != null) {
        Utf8.checkName(uri, Place.of("uri"), "an artifact's uri");
      }
      if (digest == null && uri == null && metadata.entries().isEmpty()) {
        throw new InvalidRequestException(
            Place.root(),
            "the artifact has nothing to identify it; give its digest, uri or metadata");
      }
    }
  }

  /**
   * A secret, which counts by name and version; its value is never here.
   *
   * @param name its name, not empty
   * @param version which of its values, not empty; a new value needs a new version
   */
  record Secret(String name, String version) implements InputValue {
    /** Refuses an empty name or version. */
    public Secret {
      Utf8.checkName(name, Place.of("name"), "a secret's name");
      Utf8.checkName(version, Place.of("version"), "a secret's version");
    }
  }
}

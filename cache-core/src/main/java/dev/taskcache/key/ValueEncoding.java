package dev.taskcache.key;

/** The bytes of values in the format of keys ({@code docs/key-format.md}, section 3). */
public final class ValueEncoding {
  private ValueEncoding() {}

  /**
   * Encodes a value.
   *
   * @param value the value
   * @return deterministically encoded CBOR (RFC 8949, section 4.2.1); two values that differ in
   *     anything but an artifact's URI beside a digest have different bytes
   * @throws InvalidRequestException if it nests too deeply
   */
  public static byte[] of(InputValue value) {
    return CanonicalWriter.encode(value);
  }
}

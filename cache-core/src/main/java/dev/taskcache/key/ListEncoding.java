package dev.taskcache.key;

/**
 * A list in the encoding of keys ({@code docs/key-format.md}, section 3), written element by
 * element: for bytes that are signed or digested, and read by nobody. Not thread-safe.
 */
public final class ListEncoding {
  private final CanonicalWriter writer = CanonicalWriter.keeping();

  /**
   * Begins a list.
   *
   * @param elements how many there will be; the caller sees to that
   */
  public ListEncoding(int elements) {
    writer.list(elements);
  }

  /**
   * Adds a text.
   *
   * @param text any
   * @return this list
   * @throws InvalidRequestException if it has a lone surrogate
   */
  public ListEncoding text(String text) {
    writer.text(text);
    return this;
  }

  /**
   * Adds a byte string.
   *
   * @param bytes any
   * @return this list
   */
  public ListEncoding bytes(byte[] bytes) {
    writer.bytes(bytes);
    return this;
  }

  /**
   * Adds an integer.
   *
   * @param number any
   * @return this list
   */
  public ListEncoding number(long number) {
    writer.integer(number);
    return this;
  }

  /**
   * Adds null, for what is absent.
   *
   * @return this list
   */
  public ListEncoding absent() {
    writer.value(InputValue.Null.NULL);
    return this;
  }

  /**
   * The bytes so far.
   *
   * @return deterministically encoded CBOR (RFC 8949, section 4.2.1), a copy
   */
  public byte[] toBytes() {
    return writer.toBytes();
  }
}

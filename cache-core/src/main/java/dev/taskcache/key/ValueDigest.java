package dev.taskcache.key;

import java.util.HexFormat;

/**
 * The digest of a value's encoding, and how large that is.
 *
 * @param hex SHA-256, 64 hexadecimal digits
 * @param bytes the size of the encoding
 */
public record ValueDigest(String hex, long bytes) {
  /**
   * Encodes a value in the format of keys and digests it.
   *
   * @param value the value
   * @return its digest
   * @throws InvalidRequestException if it nests too deeply
   */
  public static ValueDigest of(InputValue value) {
    CanonicalWriter writer =
        Depth.guarded(Place.root(), () -> CanonicalWriter.digesting().value(value));
    long bytes = writer.size();
    return new ValueDigest(HexFormat.of().formatHex(writer.toDigest()), bytes);
  }
}

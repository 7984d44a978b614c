package dev.taskcache.key;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a result: a scheme and a digest, written {@code k1:} and 64 hexadecimal digits.
 *
 * <p>The scheme {@code k1} is format {@code taskcache/1}. Other schemes are other systems' keys
 * kept in the same store; the scheme is part of the identity, so keys of two schemes never meet.
 * Immutable and thread-safe.
 */
public final class CacheKey {
  /** The scheme of keys in format {@code taskcache/1}. */
  public static final String K1 = "k1";

  private static final Pattern WRITTEN = Pattern.compile("([a-z]+[0-9]+):([0-9a-f]{64})");

  private final String scheme;
  private final byte[] digest;

  CacheKey(String scheme, byte[] digest) {
    this.scheme = scheme;
    this.digest = digest;
  }

  /**
   * Reads a key as {@link #toString()} writes it.
   *
   * @param text for instance {@code k1:} and 64 lower-case hexadecimal digits
   * @return the key
   * @throws IllegalArgumentException if the text is not a key
   */
  public static CacheKey parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a cache key: \""
              + text
              + "\"; a key is a scheme, a colon and 64 lower-case hexadecimal digits, as in"
              + " k1:0123…");
    }
    return new CacheKey(matcher.group(1), HexFormat.of().parseHex(matcher.group(2)));
  }

  /**
   * The scheme that the digest belongs to.
   *
   * @return for instance {@link #K1}
   */
  public String scheme() {
    return scheme;
  }

  /**
   * The digest.
   *
   * @return 32 bytes, a copy
   */
  public byte[] digest() {
    return digest.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheKey key
        && scheme.equals(key.scheme)
        && Arrays.equals(digest, key.digest);
  }

  @Override
  public int hashCode() {
    // The digest is uniform already: its first bytes are as good a hash as any.
    return (digest[0] & 0xff) << 24
        | (digest[1] & 0xff) << 16
        | (digest[2] & 0xff) << 8
        | (digest[3] & 0xff);
  }

  /**
   * The key as text.
   *
   * @return scheme, colon, 64 lower-case hexadecimal digits
   */
  @Override
  public String toString() {
    return scheme + ":" + HexFormat.of().formatHex(digest);
  }
}

package dev.taskcache.flyte;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Digests of JSON values: SHA-256 of a letter for the kind and, of lists and maps, the digests
 * inside (the objecthash that Flyte's data catalog uses). All numbers are doubles.
 */
final class ObjectHash {
  static final byte[] NULL = of('n', new byte[0]);

  private ObjectHash() {}

  static byte[] text(String text) {
    return of('u', text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bool(boolean value) {
    return of('b', new byte[] {(byte) (value ? '1' : '0')});
  }

  static byte[] number(double value) {
    return of('f', normal(value).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] list(List<byte[]> digests) {
    Hasher hasher = Hashing.sha256().newHasher().putByte((byte) 'l');
    digests.forEach(hasher::putBytes);
    return hasher.hash().asBytes();
  }

  /** Entries in the order of their keys' digests, not of the keys. */
  static byte[] map(Map<String, byte[]> digests) {
    Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
    digests.forEach((key, digest) -> sorted.put(text(key), digest));
    Hasher hasher = Hashing.sha256().newHasher().putByte((byte) 'd');
    sorted.forEach((key, digest) -> hasher.putBytes(key).putBytes(digest));
    return hasher.hash().asBytes();
  }

  private static byte[] of(char kind, byte[] bytes) {
    return Hashing.sha256().newHasher().putByte((byte) kind).putBytes(bytes).hash().asBytes();
  }

  /** Sign, exponent, colon, and the binary digits of a fraction above a half and up to one. */
  static String normal(double value) {
    if (value == 0) {
      return "+0:"; // of -0.0, too
    } else if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    double rest = Math.abs(value);
    int exponent = 0;
    for (; rest > 1; rest /= 2) {
      exponent++;
    }
    for (; rest <= 0.5; rest *= 2) {
      exponent--;
    }
    StringBuilder normal = new StringBuilder(value < 0 ? "-" : "+").append(exponent).append(':');
    for (; rest != 0; rest *= 2) {
      boolean one = rest >= 1;
      normal.append(one ? '1' : '0');
      rest -= one ? 1 : 0;
    }
    return normal.toString();
  }
}

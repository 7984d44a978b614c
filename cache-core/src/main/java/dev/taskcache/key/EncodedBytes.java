package dev.taskcache.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes: kept in memory, or digested as they come, so that a document that only its digest
 * is wanted of is never there as a whole. Not thread-safe.
 */
final class EncodedBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST_SIZE = 512;

  /** The most that is kept before it is digested. */
  private static final int MOST_KEPT = 8_192;

  private final @Nullable MessageDigest digest;
  private byte[] bytes = new byte[FIRST_SIZE];
  private int end;
  private long digested;

  /**
   * Bytes in memory, or in a digest.
   *
   * @param digest null to keep them in memory
   */
  EncodedBytes(@Nullable MessageDigest digest) {
    this.digest = digest;
  }

  /** How many bytes were put, also those that are digested already. */
  long size() {
    return digested + end;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, end);
  }

  /** The digest of all bytes put; begins anew. */
  byte[] toDigest() {
    if (digest == null) {
      throw new IllegalStateException("these bytes are kept in memory");
    }
    digest.update(bytes, 0, end);
    end = 0;
    digested = 0;
    return digest.digest();
  }

  void put(int value) {
    room(1);
    bytes[end++] = (byte) value;
  }

  /** A CBOR major type with its argument, unsigned, in the shortest form. */
  void head(int major, long argument) {
    if (0 <= argument && argument < 24) {
      put(major << 5 | (int) argument);
    } else {
      longHead(major << 5, argument);
    }
  }

  private void longHead(int type, long argument) {
    // The argument takes 1, 2, 4 or 8 bytes, which the head writes as 24 to 27.
    int size = argument >>> 8 == 0 ? 0 : argument >>> 16 == 0 ? 1 : argument >>> 32 == 0 ? 2 : 3;
    put(type | 24 + size, argument, 1 << size);
  }

  /** Puts one byte, and the low bytes of a number with the highest first. */
  void put(int first, long number, int count) {
    room(1 + Long.BYTES);
    bytes[end] = (byte) first;
    // Written whole and cut to its length: what follows overwrites the rest.
    LONGS.set(bytes, end + 1, number << Long.SIZE - count * Byte.SIZE);
    end += 1 + count;
  }

  /** Puts the first bytes of two numbers, the highest first. */
  void put(long firstEight, long nextEight, int count) {
    room(2 * Long.BYTES);
    LONGS.set(bytes, end, firstEight);
    LONGS.set(bytes, end + Long.BYTES, nextEight);
    end += count;
  }

  void put(byte[] source, int from, int count) {
    if (digest != null && count > bytes.length) {
      flush(digest);
      digest.update(source, from, count);
      digested += count;
      return;
    }
    room(count);
    System.arraycopy(source, from, bytes, end, count);
    end += count;
  }

  /** Puts a text that is known to be ASCII. */
  @SuppressWarnings("deprecation") // It copies low bytes, which of ASCII are all that there is.
  void ascii(String text) {
    int length = text.length();
    if (length > bytes.length - end) {
      longAscii(text);
      return;
    }
    text.getBytes(0, length, bytes, end);
    end += length;
  }

  @SuppressWarnings("deprecation")
  private void longAscii(String text) {
    for (int from = 0; from < text.length(); ) {
      int left = text.length() - from;
      room(digest == null ? left : Math.min(left, MOST_KEPT));
      int count = Math.min(left, bytes.length - end);
      text.getBytes(from, from + count, bytes, end);
      end += count;
      from += count;
    }
  }

  private void room(int count) {
    if (count > bytes.length - end) {
      makeRoom(count);
    }
  }

  private void makeRoom(int count) {
    if (digest == null) {
      long wanted = Math.max(2L * bytes.length, (long) end + count);
      // Beyond an array's size this fails as any array does.
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE));
      return;
    }
    flush(digest);
    if (count > bytes.length) {
      bytes = new byte[MOST_KEPT];
    }
  }

  private void flush(MessageDigest into) {
    into.update(bytes, 0, end);
    digested += end;
    end = 0;
  }
}

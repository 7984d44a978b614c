package dev.taskcache.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A long text's UTF-8, measured and encoded a few thousand chars at a time, so that it is never in
 * memory twice. Latin-1 to bytes is what the platform does with vector instructions, so each chunk
 * begins with that, as far as it goes; the loops after it have no branch that depends on whether a
 * char is ASCII, because in most texts nobody can predict that. Not thread-safe.
 */
final class LongText {
  /** From here on it pays to look at many chars at once. */
  static final int LEAST = 1_024;

  private static final int CHUNK = 4_096;
  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private final String text;
  private final char[] chars;
  private final byte[] latin1;
  private final CharBuffer from;
  private final ByteBuffer to;
  private final CharsetEncoder encoder = StandardCharsets.ISO_8859_1.newEncoder();
  private int begin;
  private int count;
  private int latin1Count;

  LongText(String text) {
    int size = Math.min(CHUNK, text.length());
    this.text = text;
    this.chars = new char[size];
    this.latin1 = new byte[size + Long.BYTES];
    this.from = CharBuffer.wrap(chars);
    this.to = ByteBuffer.wrap(latin1);
  }

  /** The number of UTF-8 bytes; if there is a lone surrogate, the complement of its index. */
  long measure() {
    long bytes = 0;
    while (next()) {
      int more = notAscii(latin1, latin1Count);
      for (int i = latin1Count; i < count; i++) {
        char c = chars[i];
        if (c < 0x800) {
          more += atLeast(0x80, c);
        } else if (!Character.isSurrogate(c)) {
          more += 2;
        } else if (isPaired(i)) {
          more++;
        } else {
          return ~(begin + i);
        }
      }
      bytes += count + more;
    }
    return bytes;
  }

  /** Whether a surrogate has its other half beside it. */
  private boolean isPaired(int i) {
    return Character.isHighSurrogate(chars[i])
        ? i + 1 < count && Character.isLowSurrogate(chars[i + 1])
        : i > 0 && Character.isHighSurrogate(chars[i - 1]);
  }

  /** Writes the text, which has no lone surrogate. */
  void encode(EncodedBytes out) {
    byte[] utf8 = new byte[3 * chars.length + Long.BYTES];
    while (next()) {
      out.put(utf8, 0, encodeChunk(utf8));
    }
  }

  /** Reads the next chunk, never a half of a pair; returns false at the end. */
  private boolean next() {
    begin += count;
    count = Math.min(chars.length, text.length() - begin);
    text.getChars(begin, begin + count, chars, 0);
    boolean last = begin + count == text.length();
    if (!last && count > 1 && Character.isHighSurrogate(chars[count - 1])) {
      count--;
    }
    encoder.encode(from.clear().limit(count), to.clear(), false);
    latin1Count = from.position();
    return count > 0;
  }

  private static int notAscii(byte[] bytes, int length) {
    int found = 0;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      found += Long.bitCount((long) LONGS.get(bytes, i) & NOT_ASCII);
    }
    for (; i < length; i++) {
      found += bytes[i] >>> 31;
    }
    return found;
  }

  private int encodeChunk(byte[] utf8) {
    int end = 0;
    int i = 0;
    // Runs of at most eight ASCII bytes, each with the one char after it that is not.
    while (i + Long.BYTES <= latin1Count) {
      long eight = (long) LONGS.get(latin1, i);
      LONGS.set(utf8, end, eight);
      int run = Long.numberOfTrailingZeros(eight & NOT_ASCII) / Byte.SIZE;
      SHORTS.set(utf8, end + run, twoBytes(latin1[i + run] & 0xff));
      int other = atLeast(1, Long.BYTES - run);
      i += run + other;
      end += run + 2 * other;
    }
    for (; i < count; i++) {
      int c = chars[i];
      if (c < 0x800) {
        SHORTS.set(utf8, end, c < 0x80 ? (short) c : twoBytes(c));
        end += 1 + atLeast(0x80, c);
      } else if (!Character.isSurrogate((char) c)) {
        INTS.set(utf8, end, 0x8080e0 | c >> 12 | (c >> 6 & 0x3f) << 8 | (c & 0x3f) << 16);
        end += 3;
      } else {
        int point = Character.toCodePoint((char) c, chars[++i]);
        int first = 0x80f0 | point >> 18 | (point >> 12 & 0x3f) << 8;
        INTS.set(utf8, end, first | 0x80800000 | (point >> 6 & 0x3f) << 16 | (point & 0x3f) << 24);
        end += 4;
      }
    }
    return end;
  }

  private static short twoBytes(int c) {
    return (short) (0x80c0 | c >> 6 | (c & 0x3f) << 8);
  }

  /** 1 if a number is at least that large, else 0, without a branch. */
  private static int atLeast(int least, int number) {
    return least - 1 - number >>> 31;
  }

  private static VarHandle view(Class<?> words) {
    return MethodHandles.byteArrayViewVarHandle(words, ByteOrder.LITTLE_ENDIAN);
  }
}

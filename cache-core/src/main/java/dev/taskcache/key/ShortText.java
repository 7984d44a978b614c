package dev.taskcache.key;

/**
 * The encoding of a short ASCII text, its head included, as two numbers of eight bytes each with
 * zeros at the end. Most names are that short: they are written by two stores, and their unsigned
 * order is that of the format.
 */
final class ShortText {
  /** The most chars: sixteen bytes without the head. */
  static final int MOST = 2 * Long.BYTES - 1;

  private static final int HEAD = 0x60;

  private ShortText() {}

  /** The head and the first seven chars. */
  static long firstEight(String ascii) {
    return pack(ascii, 0, Long.BYTES - 1, HEAD | ascii.length());
  }

  /** The chars after the first seven. */
  static long nextEight(String ascii) {
    return pack(ascii, Long.BYTES - 1, MOST, 0);
  }

  private static long pack(String ascii, int from, int to, long before) {
    long packed = before;
    for (int i = from; i < to; i++) {
      packed = packed << Byte.SIZE | (i < ascii.length() ? ascii.charAt(i) : 0);
    }
    return packed;
  }
}

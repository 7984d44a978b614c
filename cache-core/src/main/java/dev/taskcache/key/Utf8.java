package dev.taskcache.key;

import java.util.Comparator;

/** Texts as the key format sees them: Unicode scalar values, ordered by their encoded bytes. */
final class Utf8 {
  /** The order of map keys in deterministic CBOR: fewer bytes first, then by unsigned byte. */
  static final Comparator<String> ORDER = Utf8::compare;

  private Utf8() {}

  /** Returns the text itself; refuses one with a lone surrogate, which has no UTF-8 form. */
  static String check(String text, Place place) {
    length(text, place);
    return text;
  }

  /** The number of bytes of a text; refuses one with a lone surrogate. */
  static long length(String text, Place place) {
    long length = measure(text);
    if (length < 0) {
      throw new InvalidRequestException(
          place,
          "the text has a lone surrogate at index "
              + ~length
              + ", which UTF-8 cannot encode; remove it, or pass the data as bytes");
    }
    return length;
  }

  /** Returns the text itself; refuses the empty one as well. */
  static String checkName(String text, Place place, String what) {
    if (text.isEmpty()) {
      throw new InvalidRequestException(place, what + " must not be empty");
    }
    return check(text, place);
  }

  /** The number of bytes; if there is a lone surrogate, the complement of its index. */
  static long measure(String text) {
    return text.length() < LongText.LEAST ? measureShort(text) : new LongText(text).measure();
  }

  private static long measureShort(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 ? 1 : 2;
        if (Character.isSurrogate(c)) {
          if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
            return ~i;
          }
          // A pair is two chars and four bytes, so the second adds nothing.
          i++;
        }
      }
    }
    return bytes;
  }

  private static int compare(String a, String b) {
    int byLength = Long.compare(length(a, Place.root()), length(b, Place.root()));
    return byLength != 0 ? byLength : compareSameLength(a, b);
  }

  /** Compares two texts of as many bytes. */
  static int compareSameLength(String a, String b) {
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // UTF-8 orders by code point: a surrogate, half of a code point above U+FFFF, comes last.
        boolean xPair = Character.isSurrogate(x);
        boolean yPair = Character.isSurrogate(y);
        return xPair == yPair ? Character.compare(x, y) : xPair ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}

package dev.taskcache.key;

import java.util.Comparator;

/** Texts as the key format sees them: Unicode scalar values, ordered by their encoded bytes. */
final class Utf8 {
  /** The order of map keys in deterministic CBOR: fewer bytes first, then by unsigned byte. */
  static final Comparator<String> ORDER = Utf8::compare;

  private Utf8() {}

  /** Returns the text itself; refuses one with a lone surrogate, which has no UTF-8 form. */
  static String check(String text, Place place) {
    int lone = loneSurrogate(text);
    if (lone >= 0) {
      throw new InvalidRequestException(
          place,
          "the text has a lone surrogate at index "
              + lone
              + ", which UTF-8 cannot encode; remove it, or pass the data as bytes");
    }
    return text;
  }

  /** Returns the text itself; refuses the empty one as well. */
  static String checkName(String text, Place place, String what) {
    if (text.isEmpty()) {
      throw new InvalidRequestException(place, what + " must not be empty");
    }
    return check(text, place);
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** The number of bytes of a text without lone surrogates. */
  static int length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate pair is two chars and four bytes: one more byte for each of its chars.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  private static int compare(String a, String b) {
    int byLength = Integer.compare(length(a), length(b));
    if (byLength != 0) {
      return byLength;
    }
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

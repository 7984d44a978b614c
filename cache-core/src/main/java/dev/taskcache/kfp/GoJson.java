package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON to the byte as the JSON encoder of Go does: no blanks, keys in the order of their
 * UTF-8 bytes, {@code <}, {@code >}, {@code &}, U+2028 and U+2029 escaped. Not thread-safe.
 */
final class GoJson {
  /** Texts in the order of their UTF-8 bytes. */
  static final Comparator<String> BYTE_ORDER = GoJson::compare;

  private static final byte[][] OLD_ESCAPES = escapes(false);
  private static final byte[][] ESCAPES = escapes(true);
  private static final byte[][] SEPARATORS = {ascii("\\u2028"), ascii("\\u2029")};
  private static final int LONGEST_ESCAPE = 6;

  /** By byte, whether an escaped character may begin with it. */
  private static final boolean[] LOOKED_AT = new boolean[256];

  static {
    for (int c = 0; c < ESCAPES.length; c++) {
      LOOKED_AT[c] = ESCAPES[c] != null;
    }
    LOOKED_AT[0xe2] = true;
  }

  private final byte[][] escapes;
  private byte[] out = new byte[4_096];
  private int end;

  /** Begins a document; {@code shortEscapes} is whether \b and \f have short ones. */
  GoJson(boolean shortEscapes) {
    this.escapes = shortEscapes ? ESCAPES : OLD_ESCAPES;
  }

  byte[] bytes() {
    return Arrays.copyOf(out, end);
  }

  /** A bracket, comma or colon. */
  GoJson mark(char mark) {
    room(1);
    out[end++] = (byte) mark;
    return this;
  }

  /** A comma, unless it would be the first thing inside a bracket. */
  GoJson comma() {
    byte last = out[end - 1];
    return last == '{' || last == '[' ? this : mark(',');
  }

  /** A key of an object, with what separates it. */
  GoJson key(String name) {
    return comma().text(name).mark(':');
  }

  GoJson texts(List<String> texts) {
    mark('[');
    for (String each : texts) {
      comma().text(each);
    }
    return mark(']');
  }

  /** A text without lone surrogates. */
  GoJson text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    room(utf8.length + 2);
    out[end++] = '"';
    int start = 0;
    for (int i = 0; i < utf8.length; i++) {
      if (LOOKED_AT[utf8[i] & 0xff]) {
        byte[] escape = escape(utf8, i);
        if (escape != null) {
          copy(utf8, start, i);
          room(utf8.length - i + LONGEST_ESCAPE + 1);
          copy(escape, 0, escape.length);
          // Of the characters that are escaped only the separators have more than one byte.
          i += utf8[i] < 0 ? 2 : 0;
          start = i + 1;
        }
      }
    }
    copy(utf8, start, utf8.length);
    return mark('"');
  }

  private byte @Nullable [] escape(byte[] utf8, int i) {
    if (utf8[i] >= 0) {
      return escapes[utf8[i]];
    }
    boolean separator = utf8[i + 1] == (byte) 0x80 && (utf8[i + 2] & 0xfe) == 0xa8;
    return separator ? SEPARATORS[utf8[i + 2] & 1] : null;
  }

  /** A value of JSON's own kinds; any other is refused. */
  GoJson value(InputValue value, Place place) {
    if (value instanceof InputValue.Text text) {
      return text(text.value());
    } else if (value instanceof InputValue.MapValue map) {
      mark('{');
      for (Map.Entry<String, InputValue> each : sorted(map.entries())) {
        key(each.getKey()).value(each.getValue(), place.field(each.getKey()));
      }
      return mark('}');
    } else if (value instanceof InputValue.ListValue list) {
      mark('[');
      int index = 0;
      for (InputValue each : list.elements()) {
        comma().value(each, place.index(index++));
      }
      return mark(']');
    } else if (value instanceof InputValue.Bool bool) {
      return plain(bool.value() ? "true" : "false");
    } else if (value == InputValue.Null.NULL) {
      return plain("null");
    }
    return plain(GoNumbers.text(number(value, place)));
  }

  /** Entries in the order of their keys' bytes. */
  static <T> List<Map.Entry<String, T>> sorted(Map<String, T> map) {
    List<Map.Entry<String, T>> entries = new ArrayList<>(map.entrySet());
    if (entries.size() > 1) {
      entries.sort((one, other) -> compare(one.getKey(), other.getKey()));
    }
    return entries;
  }

  private static double number(InputValue value, Place place) {
    double number;
    if (value instanceof InputValue.Int integer) {
      number = integer.value().doubleValue();
    } else if (value instanceof InputValue.Float64 float64) {
      number = float64.value();
    } else if (value instanceof InputValue.Decimal decimal) {
      number = decimal.value().doubleValue();
    } else {
      throw new InvalidRequestException(
          place,
          "is a "
              + value.getClass().getSimpleName()
              + ", which Kubeflow has no value for; only what JSON can say has a fingerprint");
    }
    if (!Double.isFinite(number)) {
      throw new InvalidRequestException(
          place, "the number is not a finite double, which Kubeflow refuses; pass it as a text");
    }
    return number;
  }

  /** ASCII that needs no escapes. */
  GoJson plain(String ascii) {
    byte[] bytes = ascii(ascii);
    room(bytes.length);
    copy(bytes, 0, bytes.length);
    return this;
  }

  private void copy(byte[] from, int start, int stop) {
    System.arraycopy(from, start, out, end, stop - start);
    end += stop - start;
  }

  private void room(int bytes) {
    if (out.length - end <= bytes) {
      out = Arrays.copyOf(out, Math.addExact(end, Math.max(bytes + 1, end)));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[][] escapes(boolean shortOnes) {
    byte[][] escapes = new byte[128][];
    for (int c = 0; c < ' '; c++) {
      escapes[c] = ascii(String.format("\\u%04x", c));
    }
    for (char c : new char[] {'<', '>', '&'}) {
      escapes[c] = ascii(String.format("\\u%04x", (int) c));
    }
    escapes['"'] = ascii("\\\"");
    escapes['\\'] = ascii("\\\\");
    escapes['\n'] = ascii("\\n");
    escapes['\r'] = ascii("\\r");
    escapes['\t'] = ascii("\\t");
    if (shortOnes) {
      escapes['\b'] = ascii("\\b");
      escapes['\f'] = ascii("\\f");
    }
    return escapes;
  }

  private static int compare(String a, String b) {
    int most = Math.min(a.length(), b.length());
    for (int i = 0; i < most; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // A surrogate is half of a code point above all that are one char.
        boolean xPair = Character.isSurrogate(x);
        return xPair == Character.isSurrogate(y) ? Character.compare(x, y) : xPair ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}

package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.jdbc.Envelope.DamagedException;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.KeyParts.Part;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key's parts in few bytes: they are mostly digests, which JSON writes in twice their size, and
 * compressing that takes longer than storing it.
 *
 * <p>The number of parts; for each its position in {@link #CODES}, its digest, its places and its
 * values, both as a number of entries with name and text. A number has seven bits in a byte, the
 * lowest first, the eighth bit where more follow. A text is its length in bytes times four, plus
 * its form, and its bytes: UTF-8, what lower-case hexadecimal digits say, the same after {@code
 * sha256:}, or a position in {@link #BEGINNINGS} and how it goes on.
 */
final class PackedParts {
  /** Only ever added to, at the end. */
  private static final List<KeyPart> CODES =
      List.of(
          KeyPart.COMPONENT,
          KeyPart.IMAGE,
          KeyPart.VERSION,
          KeyPart.INPUTS,
          KeyPart.OUTPUTS,
          KeyPart.POLICIES,
          KeyPart.CUSTOM);

  /** How names of places and types often begin. Only ever added to, at the end. */
  private static final List<String> BEGINNINGS =
      List.of(
          "name",
          "command[",
          "args[",
          "env.",
          "platform",
          "platform.",
          "{\"artifact\":\"system.",
          "{\"artifact\":\"",
          "\"text\"",
          "\"bool\"",
          "\"int\"",
          "\"float64\"",
          "\"decimal\"",
          "\"bytes\"",
          "\"timestamp\"",
          "\"any\"");

  private static final int FORMS = 4;
  private static final int PLAIN = 0;
  private static final int HEX = 1;
  private static final int SHA256 = 2;
  private static final int BEGUN = 3;
  private static final String SHA256_PREFIX = "sha256:";
  private static final int MOST_BITS = 28;

  private PackedParts() {}

  static byte[] pack(KeyParts parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);
    number(out, parts.parts().size());
    parts
        .parts()
        .forEach(
            (code, part) -> {
              number(out, CODES.indexOf(code));
              text(out, part.digest());
              texts(out, part.places());
              texts(out, part.values());
            });
    return out.toByteArray();
  }

  private static void texts(ByteArrayOutputStream out, Map<String, String> texts) {
    number(out, texts.size());
    texts.forEach(
        (name, text) -> {
          text(out, name);
          text(out, text);
        });
  }

  private static void text(ByteArrayOutputStream out, String text) {
    int start = text.startsWith(SHA256_PREFIX) ? SHA256_PREFIX.length() : 0;
    if (isHex(text, start)) {
      byte[] bytes = HexFormat.of().parseHex(text, start, text.length());
      number(out, bytes.length * FORMS + (start == 0 ? HEX : SHA256));
      out.writeBytes(bytes);
      return;
    }
    int beginning = beginning(text);
    if (beginning < 0) {
      byte[] bytes = text.getBytes(UTF_8);
      number(out, bytes.length * FORMS + PLAIN);
      out.writeBytes(bytes);
    } else {
      byte[] bytes = text.substring(BEGINNINGS.get(beginning).length()).getBytes(UTF_8);
      number(out, (1 + bytes.length) * FORMS + BEGUN);
      out.write(beginning);
      out.writeBytes(bytes);
    }
  }

  private static int beginning(String text) {
    for (int i = 0; i < BEGINNINGS.size(); i++) {
      if (text.startsWith(BEGINNINGS.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isHex(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return (text.length() - start) % 2 == 0;
  }

  private static void number(ByteArrayOutputStream out, int number) {
    int left = number;
    while (left >= 0x80) {
      out.write(left | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }

  static KeyParts unpack(byte[] packed) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(packed);
    Map<KeyPart, Part> parts = new EnumMap<>(KeyPart.class);
    try {
      for (int left = number(in); left > 0; left--) {
        int code = number(in);
        if (code >= CODES.size()) {
          throw new DamagedException("it was altered: there is no part " + code);
        }
        parts.put(CODES.get(code), new Part(text(in), texts(in), texts(in)));
      }
    } catch (BufferUnderflowException e) {
      throw new DamagedException("it is cut off: it has " + packed.length + " bytes");
    }
    return new KeyParts(parts);
  }

  private static Map<String, String> texts(ByteBuffer in) throws DamagedException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int left = number(in); left > 0; left--) {
      texts.put(text(in), text(in));
    }
    return texts;
  }

  private static String text(ByteBuffer in) throws DamagedException {
    int head = number(in);
    int length = head / FORMS;
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return switch (head % FORMS) {
      case HEX -> HexFormat.of().formatHex(bytes);
      case SHA256 -> SHA256_PREFIX + HexFormat.of().formatHex(bytes);
      case BEGUN -> begun(bytes);
      default -> new String(bytes, UTF_8);
    };
  }

  private static String begun(byte[] bytes) throws DamagedException {
    if (bytes.length == 0 || bytes[0] < 0 || bytes[0] >= BEGINNINGS.size()) {
      throw new DamagedException("it was altered: a text has no beginning");
    }
    return BEGINNINGS.get(bytes[0]) + new String(bytes, 1, bytes.length - 1, UTF_8);
  }

  private static int number(ByteBuffer in) throws DamagedException {
    int number = 0;
    for (int shift = 0; shift < MOST_BITS; shift += 7) {
      byte next = in.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new DamagedException("it was altered: it has a number that is too large");
  }
}

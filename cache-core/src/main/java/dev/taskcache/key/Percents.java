package dev.taskcache.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts with UTF-8 bytes written as {@code %} and two hex digits, as in URIs. */
final class Percents {
  private Percents() {}

  static String decode(String text) throws CharacterCodingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        bytes.write(hexByte(text, i + 1));
        i += 3;
      } else {
        int end = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end;
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static int hexByte(String text, int from) throws CharacterCodingException {
    if (from + 2 > text.length()
        || !HexFormat.isHexDigit(text.charAt(from))
        || !HexFormat.isHexDigit(text.charAt(from + 1))) {
      throw new MalformedInputException(from);
    }
    return HexFormat.fromHexDigits(text, from, from + 2);
  }
}

package dev.taskcache.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** JSON pointers as fragments of URIs (RFC 6901, section 6). */
final class JsonPointer {
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern WRONG_ESCAPE = Pattern.compile("~(?![01])");

  private JsonPointer() {}

  /** What a fragment, empty or beginning with a slash, points to. */
  static JsonPart find(String fragment, JsonPart root, JsonPart ref) {
    String pointer = decodePercents(fragment, ref);
    if (WRONG_ESCAPE.matcher(pointer).find()) {
      throw ref.refuse("~ must be followed by 0 or 1; write ~0 for ~, and ~1 for /");
    }
    JsonPart found = root;
    int from = 0;
    while (from < pointer.length()) {
      int next = pointer.indexOf('/', from + 1);
      int to = next < 0 ? pointer.length() : next;
      String step = pointer.substring(from + 1, to).replace("~1", "/").replace("~0", "~");
      found = below(found, step, ref);
      from = to;
    }
    return found;
  }

  private static JsonPart below(JsonPart part, String step, JsonPart ref) {
    if (part.value() instanceof InputValue.MapValue map && map.entries().containsKey(step)) {
      return part.child(step);
    } else if (part.value() instanceof InputValue.ListValue list
        && INDEX.matcher(step).matches()
        && Integer.parseInt(step) < list.elements().size()) {
      List<InputValue> elements = list.elements();
      int index = Integer.parseInt(step);
      return new JsonPart(elements.get(index), part.place().index(index));
    }
    throw ref.refuse(
        "there is no \""
            + step
            + "\" at "
            + (part.place().isRoot() ? "the root" : part.place())
            + " to refer to; correct the pointer, or add the schema there");
  }

  private static String decodePercents(String fragment, JsonPart ref) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(fragment.length());
    try {
      for (int i = 0; i < fragment.length(); i++) {
        if (fragment.charAt(i) == '%') {
          bytes.write(Integer.parseInt(fragment, i + 1, i + 3, 16));
          i += 2;
        } else {
          int end = fragment.offsetByCodePoints(i, 1);
          bytes.writeBytes(fragment.substring(i, end).getBytes(StandardCharsets.UTF_8));
          i = end - 1;
        }
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (NumberFormatException | IndexOutOfBoundsException | CharacterCodingException e) {
      throw new InvalidRequestException(
          ref.place(), "% must be followed by the two hex digits of a UTF-8 byte; write %25", e);
    }
  }
}

package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShortTextTest {
  @Test
  void aTextOfAnyLengthHasItsHeadAndItsBytes() {
    for (int length = 0; length <= 40; length++) {
      for (String last : List.of("", "z", "é", "я", "あ", "𠮷")) {
        String text = "abcdefghijklmnopqrstuvwxyz".repeat(2).substring(0, length) + last;
        assertThat(CanonicalWriter.encode(new InputValue.Text(text)))
            .as(text)
            .isEqualTo(encoded(text));
      }
    }
  }

  @Test
  void namesAreInTheOrderOfTheirEncodings() {
    Map<String, InputValue> entries = new HashMap<>();
    for (String name : List.of("", "a", "b", "\0", "\0\0", "é", "aé", "abcdefg", "abcdefh")) {
      for (String more : List.of("", "\0", "-", "1234567", "12345678", "12345679")) {
        entries.put(name + more, InputValue.Null.NULL);
      }
    }
    List<String> expected = new ArrayList<>(entries.keySet());
    expected.sort((a, b) -> Arrays.compareUnsigned(encoded(a), encoded(b)));
    assertThat(SortedEntries.copyOf(entries).keySet()).containsExactlyElementsOf(expected);
  }

  /** RFC 8949, section 3.1: major type 3, with the length in the head or in a byte after it. */
  private static byte[] encoded(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (utf8.length < 24) {
      out.write(0x60 | utf8.length);
    } else {
      out.write(0x78);
      out.write(utf8.length);
    }
    out.writeBytes(utf8);
    return out.toByteArray();
  }
}

package dev.taskcache.flyte;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Texts in the order of their UTF-8 bytes, which is not Java's beyond U+FFFF. */
final class Utf8Order {
  private static final Comparator<String> ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private Utf8Order() {}

  static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>(ORDER);
    map.forEach((key, value) -> sorted.put((String) key, value));
    return sorted;
  }
}

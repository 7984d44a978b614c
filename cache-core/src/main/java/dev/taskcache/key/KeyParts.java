package dev.taskcache.key;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts that a key was made of, kept beside an entry so that a later miss can name what
 * differs.
 *
 * @param parts each part that the key has
 */
public record KeyParts(Map<KeyPart, Part> parts) {
  /** Copies the map. */
  public KeyParts {
    EnumMap<KeyPart, Part> copy = new EnumMap<>(KeyPart.class);
    copy.putAll(parts);
    parts = Collections.unmodifiableMap(copy);
  }

  /**
   * What decides, part by part, whether two keys are equal.
   *
   * @return digest or text by part
   */
  public Map<KeyPart, String> digests() {
    EnumMap<KeyPart, String> digests = new EnumMap<>(KeyPart.class);
    parts.forEach((part, content) -> digests.put(part, content.digest()));
    return digests;
  }

  /**
   * What is inside a part.
   *
   * @param part the part
   * @return short digests or types by place; empty if the key does not have the part
   */
  public Map<String, String> places(KeyPart part) {
    Part content = parts.get(part);
    return content == null ? Map.of() : content.places();
  }

  /**
   * One part of a key.
   *
   * @param digest what decides whether two parts are equal: 64 hexadecimal digits, or, for image
   *     and version, the text itself, for a custom key the JSON list of its scope and itself, and
   *     another system's key as it is written
   * @param places what is inside: a short digest, or a type, for each place such as {@code
   *     config.layers[3].units}
   * @param values what stands there, in a few characters, for places whose value the caller wants
   *     kept; never a secret's
   */
  public record Part(String digest, Map<String, String> places, Map<String, String> values) {
    /** Copies the maps. */
    public Part {
      places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Part of(String digest) {
      return new Part(digest, Map.of(), Map.of());
    }
  }
}

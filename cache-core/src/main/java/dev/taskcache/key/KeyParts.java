package dev.taskcache.key;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts that a key was made of, kept beside an entry so that a later miss can name what
 * differs.
 *
 * @param parts each part that the key has: digests as 64 hexadecimal digits, version and image as
 *     text, custom key as the JSON list of what it is scoped by and itself
 * @param inputs a digest of each input that counts, 16 hexadecimal digits, by name
 */
public record KeyParts(Map<KeyPart, String> parts, Map<String, String> inputs) {
  /** Copies the maps. */
  public KeyParts {
    EnumMap<KeyPart, String> copy = new EnumMap<>(KeyPart.class);
    copy.putAll(parts);
    parts = Collections.unmodifiableMap(copy);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }
}

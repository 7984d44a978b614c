package dev.taskcache.explain;

import dev.taskcache.key.KeyPart;
import org.jspecify.annotations.Nullable;

/**
 * One thing that differs between two keys.
 *
 * @param part the part of the key that it is in
 * @param place where in the part, for instance {@code config.layers[3].units}; empty if it is the
 *     whole part
 * @param before a digest, type or text of what stood there; null if nothing did
 * @param after the same for what stands there now; null if nothing does
 * @param valueBefore the value in a few characters; null unless it was kept
 * @param valueAfter the value now; null unless it was kept
 */
public record Difference(
    KeyPart part,
    String place,
    @Nullable String before,
    @Nullable String after,
    @Nullable String valueBefore,
    @Nullable String valueAfter) {
  private static final int DIGEST_CHARACTERS = 64;
  private static final int SHOWN_CHARACTERS = 12;

  /**
   * The difference in a few words.
   *
   * @return for instance {@code input "learning_rate" changed: 0.01 -> 0.02}
   */
  @Override
  public String toString() {
    return since("");
  }

  /** The same, with a phrase after the verb. */
  String since(String phrase) {
    if (before == null) {
      return what() + " added" + phrase + colon(shown(after, valueAfter));
    } else if (after == null) {
      return what() + " removed" + phrase + colon(shown(before, valueBefore));
    }
    // A value beside a digest would look like a difference that is none.
    boolean values = valueBefore != null && valueAfter != null;
    return what()
        + " changed"
        + phrase
        + ": "
        + shown(before, values ? valueBefore : null)
        + " -> "
        + shown(after, values ? valueAfter : null);
  }

  /**
   * What differs, without how.
   *
   * @return for instance {@code input "learning_rate"}
   */
  public String what() {
    String name =
        switch (part) {
          case INPUTS -> "input";
          case OUTPUTS -> "output type";
          case POLICIES -> "policy";
          case CUSTOM -> "custom key";
          default -> part.word();
        };
    return place.isEmpty() ? name : name + " \"" + place + "\"";
  }

  private static String colon(String shown) {
    return shown.isEmpty() ? "" : ": " + shown;
  }

  private static String shown(@Nullable String digest, @Nullable String value) {
    if (value != null) {
      return value;
    }
    String text = digest == null ? "" : digest;
    return text.length() >= DIGEST_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text;
  }
}

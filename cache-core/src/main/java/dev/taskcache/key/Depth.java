package dev.taskcache.key;

import java.util.function.Supplier;

/** How deeply values and types may nest, so that reading and encoding them is safe everywhere. */
final class Depth {
  private Depth() {}

  /** The depth inside a list or map at a depth; refuses one that is too deep to have an inside. */
  static int below(int depth, Place place) {
    if (depth >= CanonicalWriter.MOST_DEPTH) {
      throw exceeded(place);
    }
    return depth + 1;
  }

  /**
   * Runs a step that recurses as deep as its value nests, on a stack that may be too small for it:
   * then the value is refused as if it were too deep, so that no task fails of it.
   */
  static <T> T guarded(Place place, Supplier<T> step) {
    try {
      return step.get();
    } catch (StackOverflowError e) {
      throw exceeded(place);
    }
  }

  static InvalidRequestException exceeded(Place place) {
    return new InvalidRequestException(
        place,
        "nested deeper than "
            + CanonicalWriter.MOST_DEPTH
            + " levels, or contains itself; pass a reference to the data instead of the data");
  }
}

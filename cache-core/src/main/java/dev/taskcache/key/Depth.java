package dev.taskcache.key;

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

  static InvalidRequestException exceeded(Place place) {
    return new InvalidRequestException(
        place,
        "nested deeper than "
            + CanonicalWriter.MOST_DEPTH
            + " levels, or contains itself; pass a reference to the data instead of the data");
  }
}

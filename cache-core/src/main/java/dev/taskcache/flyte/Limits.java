package dev.taskcache.flyte;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.function.Supplier;

/** How much a document may hold, so that reading it is safe whoever wrote it. Not thread-safe. */
final class Limits {
  static final int MOST_BYTES = 64 << 20;
  static final int MOST_DEPTH = 500;
  static final int MOST_VALUES = 1_000_000;

  private int depth;
  private int values;

  static void checkSize(long size) {
    if (size > MOST_BYTES) {
      throw new InvalidRequestException(
          Place.root(),
          "is longer than " + MOST_BYTES + " bytes; pass a reference to the data instead of it");
    }
  }

  /**
   * Runs a step that recurses as deep as a document nests, on a stack that may be too small for it:
   * then the document is refused as if it were too deep.
   */
  static <T> T guarded(Supplier<T> step) {
    try {
      return step.get();
    } catch (StackOverflowError e) {
      throw new InvalidRequestException(
          Place.root(),
          "nested deeper than this thread's stack allows; give the thread a larger one, or pass a"
              + " reference to the data instead of it",
          e);
    }
  }

  /** Reads a message inside the ones that are being read. */
  <T> T inside(Place place, Supplier<T> step) {
    if (depth == MOST_DEPTH) {
      throw new InvalidRequestException(
          place,
          "nested deeper than "
              + MOST_DEPTH
              + " messages (a list in a list is two); pass a reference to the data instead of it");
    }
    depth++;
    try {
      return step.get();
    } finally {
      depth--;
    }
  }

  void count(Place place) {
    if (++values > MOST_VALUES) {
      throw new InvalidRequestException(
          place,
          "the document has more than "
              + MOST_VALUES
              + " values; pass a reference to the data instead of it");
    }
  }
}

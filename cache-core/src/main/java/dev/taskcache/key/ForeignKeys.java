package dev.taskcache.key;

import org.jspecify.annotations.Nullable;

/** What requests with another system's key must not have: it would seem to count. */
final class ForeignKeys {
  private ForeignKeys() {}

  static void check(CacheKey key, @Nullable ImageRef image, KeyOptions options) {
    refuse(key, image != null, Place.of("component").field("image"));
    refuse(key, options.version() != null, Place.of("version"));
    refuse(key, !options.policies().isEmpty(), Place.of("policies"));
    refuse(key, options.custom() != null, Place.of("custom"));
    refuse(key, !options.ignoredInputs().isEmpty(), Place.of("ignoredInputs"));
  }

  static void check(CacheKey key, InputValue.MapValue inputs) {
    refuse(key, !inputs.entries().isEmpty(), Place.of("inputs"));
  }

  private static void refuse(CacheKey key, boolean given, Place place) {
    if (given) {
      throw new InvalidRequestException(
          place, "does not count, as the key is another system's: " + key + "; leave it out");
    }
  }
}

package dev.taskcache.examples;

import dev.taskcache.key.CacheKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A cache key on a command line. */
final class KeyConverter implements ITypeConverter<CacheKey> {
  @Override
  public CacheKey convert(String text) {
    try {
      return CacheKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}

package dev.taskcache.examples;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations on a command line, longer than zero: {@code 90s}, {@code 12h}, {@code 30d}, ISO 8601.
 */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    String iso = upper;
    if (!upper.startsWith("P")) {
      iso = upper.endsWith("D") ? "P" + upper : "PT" + upper;
    }
    try {
      Duration duration = Duration.parse(iso);
      if (duration.isZero() || duration.isNegative()) {
        throw new TypeConversionException("\"" + text + "\" is not longer than zero");
      }
      return duration;
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new TypeConversionException(
          "\"" + text + "\" is no duration; write 90s, 15m, 12h, 30d or, as ISO 8601 does, P30D");
    }
  }
}

package dev.taskcache.key;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Timestamps as RFC 3339 texts. */
final class Timestamps {
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?)"
              + "(Z|(?<sign>[+-])(?<offset>[0-9]{2}:[0-9]{2}))");

  private Timestamps() {}

  /** UTC, at most nine fraction digits, none that is a trailing zero. */
  static String format(Instant instant) {
    String text = DateTimeFormatter.ISO_INSTANT.format(instant);
    int end = text.length() - 1;
    if (text.indexOf('.') < 0) {
      return text;
    }
    // ISO_INSTANT writes 3, 6 or 9 digits, and no fraction at all where it is zero.
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }

  /** Any offset; a leap second is refused, as Java has none. */
  static InputValue.Timestamp parse(String text, Place place) {
    Matcher matcher = RFC_3339.matcher(text);
    if (!matcher.matches()) {
      throw malformed(text, place, null);
    }
    try {
      Instant local = LocalDateTime.parse(matcher.group("local")).toInstant(ZoneOffset.UTC);
      Instant instant = local.minusSeconds(offsetSeconds(matcher));
      return place.locate(() -> new InputValue.Timestamp(instant));
    } catch (DateTimeException e) {
      throw malformed(text, place, e);
    }
  }

  /** RFC 3339 goes to 23:59, Java's own offsets to 18:00 only. */
  private static int offsetSeconds(Matcher matcher) {
    if (matcher.group("sign") == null) {
      return 0;
    }
    LocalTime offset = LocalTime.parse(matcher.group("offset"));
    return matcher.group("sign").equals("-") ? -offset.toSecondOfDay() : offset.toSecondOfDay();
  }

  private static InvalidRequestException malformed(
      String text, Place place, @Nullable DateTimeException cause) {
    String problem = "\"" + text + "\" is not an RFC 3339 timestamp; write 2026-01-02T03:04:05Z";
    return cause == null
        ? new InvalidRequestException(place, problem)
        : new InvalidRequestException(place, problem, cause);
  }
}

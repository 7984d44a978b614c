package dev.taskcache.key;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Timestamps as RFC 3339 texts. */
final class Timestamps {
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
    try {
      return new InputValue.Timestamp(
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      throw new InvalidRequestException(
          place, "\"" + text + "\" is not an RFC 3339 timestamp; write 2026-01-02T03:04:05Z", e);
    } catch (InvalidRequestException e) {
      throw e.under(place);
    }
  }
}

package dev.taskcache.flyte;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Points in time and durations, as proto3 JSON writes them. */
final class JsonTimes {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DURATION = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?s");
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final long MOST_SECONDS = 315_576_000_000L;
  private static final int NANOS = 1_000_000_000;

  private JsonTimes() {}

  static Message timestamp(String text, Place place) {
    if (TIMESTAMP.matcher(text).matches()) {
      try {
        Instant instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        Message message =
            Message.empty(CommonMessages.TIMESTAMP)
                .set("seconds", instant.getEpochSecond())
                .set("nanos", (long) instant.getNano());
        check(message, place);
        return message;
      } catch (DateTimeException e) {
        throw new InvalidRequestException(place, "there is no such point in time: " + text, e);
      }
    }
    throw new InvalidRequestException(
        place, "must be a point in time such as \"2019-03-29T12:00:00Z\"");
  }

  static Message duration(String text, Place place) {
    if (!DURATION.matcher(text).matches()) {
      throw new InvalidRequestException(place, "must be a duration such as \"1.5s\"");
    }
    BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
    BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
    Message message =
        Message.empty(CommonMessages.DURATION)
            .set("seconds", parts[0].longValueExact())
            .set("nanos", parts[1].movePointRight(9).longValueExact());
    check(message, place);
    return message;
  }

  /** Refuses what Flyte's JSON writer, and so its key, refuses or writes as nothing sensible. */
  static void check(Message message, Place place) {
    long seconds = message.number("seconds");
    long nanos = message.number("nanos");
    if (message.type().name().equals(CommonMessages.TIMESTAMP)) {
      if (nanos < 0
          || nanos >= NANOS
          || seconds < FIRST.getEpochSecond()
          || seconds > LAST.getEpochSecond()) {
        throw new InvalidRequestException(
            place, "must be in the years 0001 to 9999 in UTC, with nanos from 0 to 999999999");
      }
    } else if (Math.abs(nanos) >= NANOS
        || seconds < -MOST_SECONDS
        || seconds > MOST_SECONDS
        || Long.signum(seconds) * Long.signum(nanos) < 0) {
      throw new InvalidRequestException(
          place,
          "must be from -315576000000 to 315576000000 seconds, with nanos of the same sign below"
              + " a second");
    }
  }

  /** As proto3 JSON writes it: 0, 3, 6 or 9 digits of a second, Z or s at the end. */
  static String write(Message message) {
    long seconds = message.number("seconds");
    long nanos = message.number("nanos");
    if (message.type().name().equals(CommonMessages.TIMESTAMP)) {
      return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(seconds, nanos));
    }
    String sign = seconds < 0 || nanos < 0 ? "-" : "";
    String fraction = String.format(Locale.ROOT, "%09d", Math.abs(nanos));
    while (fraction.endsWith("000")) {
      fraction = fraction.substring(0, fraction.length() - 3);
    }
    return sign + Math.abs(seconds) + (fraction.isEmpty() ? "" : "." + fraction) + "s";
  }

  static BigDecimal seconds(Message duration) {
    return BigDecimal.valueOf(duration.number("seconds"))
        .add(BigDecimal.valueOf(duration.number("nanos"), 9));
  }
}

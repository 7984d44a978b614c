package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds values that are a time within a day of now, however they are written. */
final class RecentTimes {
  private static final Duration NEAR = Duration.ofDays(1);

  /** A date, and perhaps a time of day, alone or in a longer text; zones are within a day. */
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)(\\d{4})([-_/]?)(\\d{2})\\2(\\d{2})"
              + "(?:[T _-]?(\\d{2})[:_-]?(\\d{2})(?:[:_-]?(\\d{2}))?)?(?!\\d)");

  private static final Pattern NUMBER = Pattern.compile("\\d{10}(\\d{3}){0,3}(\\.\\d{1,9})?");
  private static final int SECONDS_DIGITS = 10;

  private final Instant now;

  RecentTimes(Instant now) {
    this.now = now;
  }

  /** The first such time in a value, also inside lists and maps, as it is written. */
  Optional<String> in(InputValue value) {
    if (value instanceof InputValue.Text text) {
      return NUMBER.matcher(text.value()).matches()
          ? epoch(new BigDecimal(text.value()))
          : date(text.value());
    } else if (value instanceof InputValue.ListValue list) {
      return first(list.elements().stream());
    } else if (value instanceof InputValue.MapValue map) {
      return first(map.entries().values().stream());
    } else if (value instanceof InputValue.Int number) {
      return epoch(new BigDecimal(number.value()));
    } else if (value instanceof InputValue.Float64 number && Double.isFinite(number.value())) {
      return epoch(BigDecimal.valueOf(number.value()));
    }
    return Optional.empty();
  }

  private Optional<String> first(Stream<InputValue> values) {
    return values.flatMap(each -> in(each).stream()).findFirst();
  }

  /** Seconds, milliseconds, microseconds or nanoseconds since 1970. */
  private Optional<String> epoch(BigDecimal value) {
    int digits = value.precision() - value.scale();
    if (digits < SECONDS_DIGITS || digits > SECONDS_DIGITS + 9 || digits % 3 != 1) {
      return Optional.empty();
    }
    BigDecimal seconds = value.movePointLeft(digits - SECONDS_DIGITS);
    return isNear(Instant.ofEpochSecond(seconds.longValue()))
        ? Optional.of(value.toPlainString())
        : Optional.empty();
  }

  private Optional<String> date(String text) {
    Matcher date = DATE.matcher(text);
    while (date.find()) {
      try {
        LocalDateTime time =
            LocalDateTime.of(
                number(date.group(1)),
                number(date.group(3)),
                number(date.group(4)),
                number(date.group(5)),
                number(date.group(6)),
                number(date.group(7)));
        if (isNear(time.toInstant(ZoneOffset.UTC))) {
          return Optional.of(date.group());
        }
      } catch (DateTimeException e) {
        continue; // digits that are no date
      }
    }
    return Optional.empty();
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private boolean isNear(Instant time) {
    return Duration.between(now, time).abs().compareTo(NEAR) <= 0;
  }
}

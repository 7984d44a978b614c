package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CronTimesTest {
  private static CronTimes utc(String expression) {
    return CronTimes.parse(expression, ZoneOffset.UTC);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void aSlotIsTheSameWholeSecondWhateverTheTimeItIsAskedAt() {
    CronTimes everySecond = utc("* * * * * ?");
    for (String now : new String[] {"00Z", "00.001Z", "00.999999999Z"}) {
      assertThat(everySecond.next(at("2026-03-01T12:00:" + now)))
          .isEqualTo(at("2026-03-01T12:00:01Z"));
    }
    assertThat(everySecond.between(at("2026-03-01T11:59:57Z"), at("2026-03-01T12:00:00.7Z"), 9))
        .containsExactly(
            at("2026-03-01T11:59:58Z"), at("2026-03-01T11:59:59Z"), at("2026-03-01T12:00:00Z"));
  }

  @Test
  void fiveFieldsAreUnixAndSixAreQuartz() {
    assertThat(utc("*/5 * * * *").next(at("2026-03-01T12:00:00Z")))
        .isEqualTo(at("2026-03-01T12:05:00Z"));
    assertThat(utc("*/5 * * * * ?").next(at("2026-03-01T12:00:00Z")))
        .isEqualTo(at("2026-03-01T12:00:05Z"));
    assertThat(utc("0 0 3 ? * MON-FRI").next(at("2026-02-28T12:00:00Z")))
        .isEqualTo(at("2026-03-02T03:00:00Z"));
  }

  @Test
  void aZoneMovesTheSlotsWithItsClock() {
    CronTimes berlin = CronTimes.parse("0 3 * * *", ZoneId.of("Europe/Berlin"));
    assertThat(berlin.next(at("2026-03-27T12:00:00Z"))).isEqualTo(at("2026-03-28T02:00:00Z"));
    assertThat(berlin.next(at("2026-03-28T12:00:00Z"))).isEqualTo(at("2026-03-29T01:00:00Z"));
  }

  @Test
  void ofMissedSlotsTheLastOnesAreGiven() {
    CronTimes hourly = utc("0 * * * *");
    Instant seen = at("2026-03-01T12:00:00Z");
    Instant now = at("2026-03-01T18:30:00Z");
    assertThat(hourly.between(seen, now, 2))
        .containsExactly(at("2026-03-01T17:00:00Z"), at("2026-03-01T18:00:00Z"));
    assertThat(hourly.between(seen, now, 100)).hasSize(6).doesNotContain(seen);
    assertThat(hourly.between(seen, now, 0)).isEmpty();
    assertThat(hourly.between(at("2026-03-01T18:00:00Z"), now, 3)).isEmpty();
  }

  @Test
  void whatIsNoExpressionOrNeverComesIsRefused() {
    assertThatThrownBy(() -> utc("61 * * * *"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--cron: \"61 * * * *\": ")
        .hasMessageContaining("61");
    assertThatThrownBy(() -> utc("0 0 30 2 *")).hasMessageContaining("matches no time to come");
  }
}

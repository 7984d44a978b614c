package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentTimesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");
  private static final RecentTimes TIMES = new RecentTimes(NOW);
  private static final long SECONDS = NOW.getEpochSecond();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T18:00:00Z",
        "2026-11-25T18:00:00.123456+09:00",
        "2026-11-24 18:00",
        "2026-11-26T18:00:00",
        "2026-11-25",
        "20261125",
        "20261125T175900",
        "20261125175900",
        "run-2026-11-25-17-59-00-x",
        "s3://b/2026/11/25/rows",
        "1795629600",
        "1795629600.25",
        "1795629600123",
        "1795629600123456789"
      })
  void aTextThatIsATimeOfToday(String text) {
    assertThat(TIMES.in(new InputValue.Text(text))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-24T17:59:59Z",
        "2026-11-26T18:00:01Z",
        "2026-11-23",
        "2026-13-25",
        "2026-11-31",
        "2026-11-25T99:00:00Z",
        "12026-11-251",
        "202611259",
        "1795529600",
        "179562960",
        "17956296001",
        "x1795629600"
      })
  void anyOtherText(String text) {
    assertThat(TIMES.in(new InputValue.Text(text))).isEmpty();
  }

  @Test
  void numbers() {
    assertThat(TIMES.in(InputValue.of(SECONDS))).contains("1795629600");
    assertThat(TIMES.in(InputValue.of(SECONDS * 1000))).isPresent();
    assertThat(TIMES.in(InputValue.of(SECONDS + 0.5))).isPresent();
    assertThat(TIMES.in(InputValue.of(-SECONDS))).isEmpty();
    assertThat(TIMES.in(InputValue.of(SECONDS + 86_401))).isEmpty();
    assertThat(TIMES.in(InputValue.of(SECONDS - 86_400))).isPresent();
    for (double each : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300, 0, 1e-300}) {
      assertThat(TIMES.in(InputValue.of(each))).as("%s", each).isEmpty();
    }
  }

  @Test
  void insideListsAndMaps() {
    assertThat(TIMES.in(InputValue.of(List.of(1, Map.of("at", "2026-11-25"))))).isPresent();
    assertThat(TIMES.in(InputValue.of(List.of(1, Map.of("2026-11-25", "at"))))).isEmpty();
    assertThat(TIMES.in(InputValue.of(true))).isEmpty();
  }
}

package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.examples.Table.Cell;
import dev.taskcache.examples.Table.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

/** What people see: tables, durations, the line of progress. */
class TextTest {
  @Test
  void aTableIsAsWideAsItsTexts() {
    Table table = new Table(new Column("NAME", false), new Column("N", true));
    table.row(Cell.of("a"), Cell.of("100"));
    table.row(new Cell("longer", Verdict.HIT), Cell.of(""));
    assertThat(table.lines())
        .containsExactly("  NAME      N", "  a       100", "  \u001b[32mlonger\u001b[0m");
  }

  @Test
  void durationsAreShort() {
    assertThat(Durations.text(Duration.ZERO)).isEqualTo("0 s");
    assertThat(Durations.text(Duration.ofNanos(1))).isEqualTo("<1 ms");
    assertThat(Durations.text(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(Durations.text(Duration.ofMillis(1284))).isEqualTo("1.28 s");
    assertThat(Durations.text(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
  }

  @Test
  void durationsAreReadAsPeopleAndIso8601WriteThem() {
    DurationConverter durations = new DurationConverter();
    assertThat(durations.convert("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(durations.convert("1.5s")).isEqualTo(Duration.ofMillis(1500));
    assertThat(durations.convert("12h")).isEqualTo(Duration.ofHours(12));
    assertThat(durations.convert("30d")).isEqualTo(Duration.ofDays(30));
    assertThat(durations.convert("P30D")).isEqualTo(Duration.ofDays(30));
    assertThat(durations.convert("PT1H30M")).isEqualTo(Duration.ofMinutes(90));
    for (String wrong : List.of("", "90", "1 h", "a day", "0s", "-5m", "P1Y")) {
      assertThatThrownBy(() -> durations.convert(wrong))
          .as(wrong)
          .isInstanceOf(TypeConversionException.class)
          .hasMessageStartingWith("\"" + wrong + "\" is ");
    }
  }

  @Test
  void progressIsOneLineForWhoeverWatches() {
    assertThat(progress(true))
        .isEqualTo(
            "\r\u001b[K0 done, running [a]\r\u001b[K0 done, running [a, b]\r\u001b[K1 done, running"
                + " [b]\r\u001b[K");
    assertThat(progress(false)).isEmpty();
  }

  private static String progress(boolean interactive) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Progress progress = new Progress(new Terminal(stream, stream, interactive, false));
    progress.started("a");
    progress.started("b");
    progress.finished("a");
    progress.clear();
    return out.toString(StandardCharsets.UTF_8);
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/jdbc.md} says what a builder does unless it is told otherwise. */
class SettingsPageTest {
  private static JdbcStoreBuilder builder() {
    return JdbcStore.builder("jdbc:sqlite:any");
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  @Test
  void thePageHasTheDefaults() throws Exception {
    JdbcStoreBuilder defaults = builder();
    Polling polling = defaults.polling;

    assertThat(Files.readString(Path.of("../docs/jdbc.md")))
        .contains("| `deadline` | " + seconds(defaults.deadline) + " |")
        .contains("| `pauseAfterFailures` | " + seconds(defaults.pause) + " |")
        .contains("| `schema`, `prefix` | search path, `" + defaults.table.prefix() + "` |")
        .contains(
            "| `polling` | "
                + polling.shortest().toMillis()
                + " ms to "
                + seconds(polling.longest())
                + "; "
                + seconds(polling.whileListening())
                + " while listening |");
    assertThat(defaults.table.schema()).isNull();
    assertThat(defaults.deadlineExecutor).isNull();
    assertThat(defaults.listenExecutor).isNull();
    assertThat(defaults.scheduler).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void noTimeIsRefused(long seconds) {
    Duration none = Duration.ofSeconds(seconds);
    Duration one = Duration.ofSeconds(1);
    assertThatThrownBy(() -> builder().deadline(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() -> builder().pauseAfterFailures(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() -> builder().polling(none, one, one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() -> builder().polling(one, none, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().polling(one, one, none))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

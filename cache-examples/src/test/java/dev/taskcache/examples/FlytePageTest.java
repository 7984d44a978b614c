package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/flyte.md} print what the page says. */
class FlytePageTest {
  @TempDir private Path dir;

  @Test
  void everyCommandPrintsWhatThePageSays() throws IOException {
    ConsolePage page = ConsolePage.of("flyte.md");

    assertThat(page.writeFiles(dir)).containsExactly("train.json", "notify.json", "typo.json");
    assertThat(page.assertCommands(dir)).hasSize(4);
  }
}

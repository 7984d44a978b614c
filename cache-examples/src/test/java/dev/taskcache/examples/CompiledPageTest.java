package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/compiled.md} print what the page says, to the letter. */
class CompiledPageTest {
  @TempDir private Path dir;

  @Test
  void everyCommandPrintsWhatThePageSays() throws IOException {
    ConsolePage page = ConsolePage.of("compiled.md");

    assertThat(page.writeFiles(dir)).containsExactly("hello.yaml", "images.txt");
    assertThat(page.assertCommands(dir)).hasSize(3);
  }

  @Test
  void thePageNamesTheFieldsOfAPlan() throws IOException {
    String page = ConsolePage.of("compiled.md").text();
    Files.writeString(dir.resolve("hello.yaml"), page.split("```yaml\n")[1].split("```")[0]);
    Cli plan = Cli.run("compile", dir.resolve("hello.yaml"));
    List<String> named =
        Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(Cli.object(plan.out()).keySet())
        .isSubsetOf(named)
        .hasSameSizeAs(named.stream().filter(name -> !name.equals("platforms")).toList());
  }
}

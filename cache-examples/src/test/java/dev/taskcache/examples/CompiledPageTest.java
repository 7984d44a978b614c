package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/compiled.md} print what the page says, to the letter. */
class CompiledPageTest {
  private static final Path PAGE = Path.of("../docs/compiled.md");
  private static final Pattern FILE =
      Pattern.compile("`(\\w+\\.\\w+)`:\\n\\n```(?:yaml|text)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SESSION =
      Pattern.compile("```console\\n\\$ taskcache (.*?)\\n(.*?)\\n```", Pattern.DOTALL);

  @TempDir private Path dir;

  @Test
  void everyCommandPrintsWhatThePageSays() throws IOException {
    String page = Files.readString(PAGE);
    List<String> files = new ArrayList<>();
    for (Matcher file = FILE.matcher(page); file.find(); ) {
      Files.writeString(dir.resolve(file.group(1)), file.group(2));
      files.add(file.group(1));
    }
    assertThat(files).containsExactly("hello.yaml", "images.txt");
    int commands = 0;
    for (Matcher session = SESSION.matcher(page); session.find(); ) {
      Object[] words =
          Arrays.stream(session.group(1).split(" "))
              .map(word -> word.matches(".*\\.(json|yaml|txt)") ? dir.resolve(word) : word)
              .toArray();
      Cli answer = Cli.run(words);
      assertThat((answer.out() + answer.err()).replace(dir + File.separator, "").stripTrailing())
          .as(session.group(1))
          .isEqualTo(session.group(2));
      commands++;
    }
    assertThat(commands).isEqualTo(3);
  }

  @Test
  void thePageNamesTheFieldsOfAPlan() throws IOException {
    String page = Files.readString(PAGE);
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

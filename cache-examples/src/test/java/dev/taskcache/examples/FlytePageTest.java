package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The commands of {@code docs/flyte.md} print what the page says. */
class FlytePageTest {
  private static final Path PAGE = Path.of("../docs/flyte.md");
  private static final Pattern FILE =
      Pattern.compile("`(\\w+\\.json)`\\)?:\\n\\n```json\\n(.*?)```", Pattern.DOTALL);
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
    assertThat(files).containsExactly("train.json", "notify.json", "typo.json");

    List<String> printed = new ArrayList<>();
    for (Matcher session = SESSION.matcher(page); session.find(); ) {
      Object[] words =
          Arrays.stream(session.group(1).split(" "))
              .map(word -> word.endsWith(".json") ? dir.resolve(word).toString() : word)
              .toArray();
      Cli answer = Cli.run(words);
      String all = answer.out() + answer.err();
      printed.add(session.group(1));
      assertThat(all.replace(dir + "/", "").replace(dir + "\\", "").strip())
          .as(session.group(1))
          .isEqualTo(session.group(2));
    }
    assertThat(printed).hasSize(4);
  }
}

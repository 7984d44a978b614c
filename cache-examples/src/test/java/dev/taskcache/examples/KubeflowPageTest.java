package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/kubeflow.md} print what the page says, to the letter. */
class KubeflowPageTest {
  private static final Path PAGE = Path.of("../docs/kubeflow.md");
  private static final String INDENT = "    ";
  private static final String CAT = "$ cat ";
  private static final String COMMAND = "$ taskcache ";

  @TempDir private Path dir;

  @Test
  void everyCommandOfThePage() throws IOException {
    int commands = 0;
    for (List<String> step : steps()) {
      String first = step.get(0);
      String rest = String.join("\n", step.subList(1, step.size()));
      if (first.startsWith(CAT)) {
        Files.writeString(dir.resolve(first.substring(CAT.length())), rest);
      } else if (first.startsWith(COMMAND)) {
        Object[] words =
            Stream.of(first.substring(COMMAND.length()).split(" "))
                .map(word -> word.matches(".*\\.(json|yaml)") ? dir.resolve(word) : word)
                .toArray();
        Cli answer = Cli.run(words);
        String said =
            (answer.out() + answer.err()).stripTrailing().replace(dir + File.separator, "");
        assertThat(said).as(first).isEqualTo(rest);
        commands++;
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(5);
  }

  /** Each line that begins with a prompt, with those after it up to the next. */
  private static List<List<String>> steps() throws IOException {
    List<List<String>> steps = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith(INDENT + "$ ")) {
        steps.add(new ArrayList<>(List.of(line.substring(INDENT.length()))));
        inside = true;
      } else if (inside && line.startsWith(INDENT)) {
        steps.get(steps.size() - 1).add(line.substring(INDENT.length()));
      } else {
        inside = false;
      }
    }
    return steps;
  }
}

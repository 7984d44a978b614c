package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.jdbc.PostgresForCommands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/kubeflow.md} print what the page says, to the letter. */
class KubeflowPageTest {
  private static final Path PAGE = Path.of("../docs/kubeflow.md");
  private static final String INDENT = "    ";
  private static final String CAT = "$ cat ";
  private static final String COMMAND = "$ taskcache ";

  private static final String TABLE = "$ psql cachedb ";

  @TempDir private Path dir;
  private final PostgresForCommands database = new PostgresForCommands();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyCommandOfThePage() throws Exception {
    int commands = 0;
    for (List<String> step : steps()) {
      String first = step.get(0);
      String rest = String.join("\n", step.subList(1, step.size()));
      if (first.startsWith(CAT)) {
        Files.writeString(dir.resolve(first.substring(CAT.length())), rest);
      } else if (first.startsWith(TABLE)) {
        cacheServersTable(step.subList(1, step.size()));
      } else if (first.startsWith(COMMAND)) {
        Object[] words =
            Stream.of(first.substring(COMMAND.length()).split(" ")).map(this::word).toArray();
        Cli answer = Cli.run(words);
        String said =
            (answer.out() + answer.err()).stripTrailing().replace(dir + File.separator, "");
        assertThat(said).as(first).isEqualTo(rest);
        commands++;
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(7);
  }

  private Object word(String word) {
    if (word.startsWith("'jdbc:")) {
      return database.url();
    }
    return word.matches(".*\\.(json|yaml)") ? dir.resolve(word) : word;
  }

  /** Each row is its ID, key, staleness and time. */
  private void cacheServersTable(List<String> rows) throws SQLException {
    database.execute(
        "CREATE TABLE execution_caches (ID bigint, ExecutionCacheKey text, MaxCacheStaleness bigint,"
            + " StartedAtInSec bigint, ExecutionOutput text)");
    for (String row : rows) {
      String[] columns = row.split(" ");
      columns[1] = "'" + columns[1] + "'";
      database.execute(
          "INSERT INTO execution_caches VALUES (" + String.join(", ", columns) + ", '{}')");
    }
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

package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/parity.md} is the table that {@link ParityTest} plays; {@link #main} writes it anew.
 */
class ParityPageTest {
  private static final Path PAGE = Path.of("../docs/parity.md");

  public static void main(String[] args) throws IOException {
    Files.writeString(PAGE, page());
  }

  private static String page() {
    int count = Situations.all().size();
    StringBuilder page = new StringBuilder(HEAD.replace("COUNT", String.valueOf(count)));
    for (Map.Entry<String, List<Situation>> each : Situations.byHeading().entrySet()) {
      page.append("\n## ").append(each.getKey());
      page.append("\n\n| situation | what is done, and what the cache says |\n|---|---|\n");
      each.getValue().forEach(situation -> page.append(situation.row()).append('\n'));
    }
    return page.toString();
  }

  private static final String HEAD =
      """
      # The same answer everywhere

      What a cache says depends on the request and on what is stored: not on where it is stored, and not on how the
      cache is asked. Each of these COUNT situations is played in memory, on SQLite and on PostgreSQL, through
      `getOrRun` and through `decide` and `publish`: six times, with the same keys, decisions, reasons, explanations,
      results and events. This page is generated from the table that the test plays (`ParityTest` in `cache-jdbc`); a
      test fails when it is not up to date.

      An answer reads `B miss INPUT_CHANGED (input "rate") -> 2, stored`:

      * `B` is the key: equal letters within a situation are equal keys, `–` is none.
      * Then come the decision and its reason; for a miss where nothing is stored, what explains it, and what differs
        from the nearest earlier result.
      * After the arrow stands what the caller has in the end. Tasks return the number of their run, counted through the
        situation, so that a hit on `1` has the first run's result. A decision without an arrow gives nothing: another
        runs the task.
      * Last, if the task ran, what became of its result.

      Where the two ways of asking differ on purpose, the second answer is beside the first. A task that ends without
      anything to be written (read only, failed) is an event only where the cache runs it; so is what
      [`WhenWaitEnds.RUN_ANYWAY`](concepts.md) does, for which the other way has no call.

      "Defect" numbers are those of a list of what went wrong in other systems.
      """;

  @Test
  void thePageHasEverySituation() throws IOException {
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }
}

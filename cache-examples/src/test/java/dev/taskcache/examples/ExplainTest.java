package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
  @TempDir private Path dir;

  /** A task that reads a parameter, and one that reads what the first has written. */
  private static Ir pipeline(int rate) {
    Ir ir = new Ir().parameter("rate", "NUMBER_INTEGER", rate);
    ir.task("train")
        .fromPipeline("rate", "NUMBER_INTEGER")
        .writes("value", "NUMBER_INTEGER")
        .arg("{{$.outputs.parameters['value'].output_file}}")
        .sh("printf 1 > \"$1\"");
    return ir.task("reader").from("train", "value", "NUMBER_INTEGER").sh(":");
  }

  @Test
  void aTaskIsComparedWithTheNearestRunOrTheOneThatIsNamed() throws Exception {
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      fixture.run(fixture.source(pipeline(1)));
      fixture.run(fixture.source(pipeline(2)));
      Session session = fixture.session();

      assertThat(session.explain(fixture.source(pipeline(2)), "train", null).reason())
          .isEqualTo(Reason.ENTRY_FOUND);
      assertThat(session.explain(fixture.source(pipeline(3)), "train", null).toString())
          .matches("input \"rate\" changed since run 2-\\w+ \\(.*\\): 2 -> 3; everything else.*");
      String first =
          session
              .explain(fixture.source(pipeline(3)), "train", null)
              .earlier()
              .orElseThrow()
              .producer()
              .run()
              .replaceFirst("2", "1");
      assertThat(session.explain(fixture.source(pipeline(3)), "train", first).toString())
          .contains("run " + first)
          .contains("1 -> 3");
    }
  }

  @Test
  void aTaskBehindAMissOrThatIsNotThereIsRefused() {
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      assertThatThrownBy(
              () -> fixture.session().explain(fixture.source(pipeline(1)), "reader", null))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("train");
      assertThatThrownBy(() -> fixture.session().explain(fixture.source(pipeline(1)), "x", null))
          .hasMessage("there is no task \"x\"; there are [reader, train]");
    }
  }

  @Test
  void theCommandPrintsTextOrJson() throws Exception {
    Path file = Files.writeString(dir.resolve("p.json"), pipeline(1).text());

    Cli text = Cli.run("explain", file, "train");
    assertThat(text.code()).isZero();
    assertThat(text.out()).startsWith("train: NO_EARLIER_RESULT: ").doesNotContain("\u001b");
    Map<String, Object> json = Cli.object(Cli.run("explain", file, "train", "--json").out());
    assertThat(json).containsEntry("reason", "NO_EARLIER_RESULT");
    assertThat(Cli.run("explain", file, "nothing").code()).isEqualTo(2);
  }
}

package dev.taskcache.examples;

import static dev.taskcache.examples.RunFixture.of;
import static dev.taskcache.examples.RunFixture.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.kfp.KfpRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  @TempDir private Path dir;

  /** Two equal tasks, one that reads of them, one that is off, and one behind that. */
  private static Ir pipeline() {
    Ir ir = new Ir();
    for (String name : List.of("a", "b")) {
      ir.task(name)
          .writes("value", "NUMBER_INTEGER")
          .arg("{{$.outputs.parameters['value'].output_file}}")
          .sh("printf 1 > \"$1\"");
    }
    ir.task("reader").from("a", "value", "NUMBER_INTEGER").sh(":");
    ir.task("off").notCached().sh(":");
    return ir.task("waiter").after("off").sh("true");
  }

  @Test
  void beforeTheFirstRunWhatIsBelowAMissIsUnknown() {
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      List<TaskResult> plan = fixture.session().plan(fixture.source(pipeline()));
      assertThat(verdicts(plan))
          .isEqualTo(
              Map.of(
                  "a", Verdict.MISS,
                  "b", Verdict.WAITED,
                  "reader", Verdict.UNKNOWN,
                  "off", Verdict.BYPASS,
                  "waiter", Verdict.MISS));
      assertThat(of("b", plan).message()).isEqualTo("is the same as a");
      assertThat(of("b", plan).key()).isEqualTo(of("a", plan).key());
      assertThat(of("reader", plan).message()).contains("a");
    }
  }

  @Test
  void afterARunItPredictsExactlyWhatTheNextOneDoes() throws Exception {
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(pipeline());
      fixture.run(source);
      List<TaskResult> plan = fixture.session().plan(source);
      assertThat(verdicts(plan))
          .isEqualTo(
              Map.of(
                  "a", Verdict.HIT,
                  "b", Verdict.HIT,
                  "reader", Verdict.HIT,
                  "off", Verdict.BYPASS,
                  "waiter", Verdict.HIT));
      List<TaskResult> run = fixture.run(source).tasks();
      assertThat(verdicts(run)).isEqualTo(verdicts(plan));
      assertThat(keys(run)).isEqualTo(keys(plan));
    }
  }

  @Test
  void itExecutesNothing() {
    Ir ir =
        new Ir()
            .task("trace")
            .fromPipeline("dir", "STRING")
            .arg("{{$.inputs.parameters['dir']}}")
            .sh("echo run > \"$1/trace\"");
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      fixture.session().plan(fixture.source(ir));
      assertThat(fixture.lines("trace")).isEmpty();
    }
  }

  @Test
  void nobodyWhoRunsTheImageSharesTheseKeys() {
    Ir ir = new Ir().task("only").sh(":");
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      KfpRun inTheImage = KfpRun.builder(source.pipeline()).parameters(Map.of()).build();
      String key =
          inTheImage.ready().get(0).request().key(ImageDigestResolver.NONE).key().toString();
      assertThat(fixture.session().plan(source)).extracting(TaskResult::key).doesNotContain(key);
      assertThat(LocalExecutor.platform())
          .containsEntry("executor", new InputValue.Text("local-process"))
          .containsKeys("os", "arch");
    }
  }

  private static Map<String, String> keys(List<TaskResult> results) {
    Map<String, String> keys = new TreeMap<>();
    results.forEach(result -> keys.put(result.task(), String.valueOf(result.key())));
    return keys;
  }
}

package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code schedule} as processes of their own, some of which die; they share a store's file. */
@Timeout(300)
class ScheduleCommandTest {
  @TempDir private Path dir;
  private Published source;
  private Path trace;
  private Path runs;
  private Map<String, String> variables;

  @BeforeEach
  void publish() throws IOException {
    source = new Published(dir.resolve("pipelines"));
    trace = dir.resolve("trace.txt");
    runs = Files.createDirectories(dir.resolve("store")).resolve("runs");
    source.version("v1", 1, Published.tracing(trace, "one"));
    variables =
        Map.of(
            "TASKCACHE_STORE",
            dir.resolve("store/tasks.db").toString(),
            "TASKCACHE_SOURCE",
            source.directory().toString());
  }

  /** Each second, for as long as the pipeline of the tests takes. */
  private static Object[] schedule(Object... more) {
    return words("2s", more);
  }

  private static Object[] words(String lease, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("schedule", Published.PIPELINE, "--json", "--cron", "* * * * * ?"));
    words.addAll(List.of("--lease", lease));
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  private static Cli good(Cli answer) {
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    return answer;
  }

  private static List<Map<String, Object>> slots(Cli answer, String outcome) {
    return answer.json().stream().filter(line -> outcome.equals(line.get("outcome"))).toList();
  }

  private static List<Map<String, Object>> ended(Cli answer) {
    return answer.json().stream().filter(line -> line.containsKey("tasks")).toList();
  }

  private List<Map<String, Object>> log() {
    return good(Child.run(variables, "versions", "log", Published.PIPELINE, "--json")).json();
  }

  private List<String> folders() throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Object> ids(List<Map<String, Object>> lines, String field) {
    return lines.stream().map(line -> line.get(field)).sorted().toList();
  }

  @Test
  void aSlotWhoseProcessDiesBetweenClaimAndStartIsStartedByTheNextUnderTheSameId()
      throws Exception {
    Path go = dir.resolve("go");
    try (Child killed = Child.start(variables, schedule("--slots", "1", "--hold-start", go))) {
      Watched.until(dir, killed, () -> Files.exists(dir.resolve("go.held")));
      killed.kill();
    }
    Map<String, Object> decided = log().get(0);
    assertThat(runs).doesNotExist();

    Cli next = good(Child.run(variables, schedule("--slots", "1", "--catch-up", "0")));
    assertThat(slots(next, "STARTED").stream().filter(decided("slot", decided)))
        .singleElement()
        .satisfies(line -> assertThat(line).containsEntry("run", decided.get("run")));
    assertThat(folders()).hasSize(2).contains((String) decided.get("run"));
    assertThat(ids(ended(next), "id")).isEqualTo(folders());
    assertThat(ids(log(), "run")).isEqualTo(folders());
  }

  private static Predicate<Map<String, Object>> decided(String field, Map<String, Object> by) {
    return line -> by.get(field).equals(line.get(field));
  }

  @Test
  void twoProcessesSideBySideStartEachSlotOnce() throws Exception {
    List<Cli> both = new ArrayList<>();
    try (Child one = Child.start(variables, schedule("--slots", "6"));
        Child other = Child.start(variables, schedule("--slots", "6"))) {
      both.add(good(one.end()));
      both.add(good(other.end()));
    }
    List<Object> started = new ArrayList<>();
    List<Object> executed = new ArrayList<>();
    for (Cli each : both) {
      started.addAll(ids(slots(each, "STARTED"), "run"));
      executed.addAll(ids(ended(each), "id"));
      assertThat(slots(each, "STARTED").size() + slots(each, "ALREADY_STARTED").size())
          .isGreaterThanOrEqualTo(6);
      assertThat(slots(each, "STARTED_BEFORE")).isEmpty();
    }
    assertThat(started).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6);
    assertThat(folders())
        .containsExactlyInAnyOrderElementsOf(started.stream().map(String::valueOf).toList());
    assertThat(executed).containsExactlyInAnyOrderElementsOf(started);
    assertThat(log()).hasSize(started.size());
    assertThat(trace).hasContent("one");
  }

  @Test
  void withTheSourceGoneAtStartSlotsGoOnByWhatTheStoreKnows() throws Exception {
    Cli first = good(Child.run(variables, schedule("--slots", "2", "--interval", "PT0.2S")));
    assertThat(ended(first)).extracting(run -> run.get("hits")).containsExactly(0, 1);
    source.takeAway();

    Cli second =
        good(
            Child.run(
                variables, schedule("--slots", "2", "--interval", "PT0.2S", "--catch-up", "0")));
    assertThat(slots(second, "STARTED"))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsEntry("version", "v1")
                    .containsEntry("origin", "LAST_KNOWN")
                    .hasEntrySatisfying(
                        "problem",
                        problem -> assertThat(problem).asString().contains("is no directory")));
    assertThat(ended(second)).extracting(run -> run.get("hits")).containsExactly(1, 1);
    Cli log = good(Child.run(variables, "versions", "log", Published.PIPELINE, "--last", "3"));
    assertThat(log.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("(latest)", "; last known, ", "[run-train-"),
            line -> assertThat(line).contains("; last known, "),
            line -> assertThat(line).contains("; from the source, "));
  }

  @Test
  void aSlotWithoutAVersionIsKeptUntilThereIsOne() throws Exception {
    Files.delete(source.directory().resolve("train/v1.yaml"));
    try (Child child = Child.start(variables, schedule("--slots", "1", "--interval", "PT0.1S"))) {
      Watched.until(child.printed().getParent(), child, () -> Files.size(child.printed()) > 0);
      source.version("v2", 2, Published.tracing(trace, "two"));
      Cli answer = good(child.end());
      Map<String, Object> waits = slots(answer, "WAITS").get(0);
      assertThat(waits).containsEntry("kind", "NO_VERSION");
      assertThat(slots(answer, "STARTED"))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line)
                      .containsEntry("version", "v2")
                      .containsEntry("slot", waits.get("slot")));
    }
  }

  @Test
  void aRunWhoseProcessDiesIsTakenUpByTheNext() throws Exception {
    Path go = dir.resolve("go");
    Ir ir = new Ir();
    ir.task("slow")
        .constant("trace", "STRING", trace.toString())
        .constant("go", "STRING", go.toString())
        .arg("{{$.inputs.parameters['trace']}}")
        .arg("{{$.inputs.parameters['go']}}")
        .sh("echo run >> \"$1\"; while [ ! -e \"$2\" ]; do sleep 0.1; done");
    source.version("v2", 2, ir);
    try (Child killed = Child.start(variables, schedule("--slots", "1"))) {
      Watched.until(dir, killed, () -> Files.exists(trace));
      killed.kill();
    }
    Files.createFile(go);
    Cli next = good(Child.run(variables, schedule("--slots", "1", "--catch-up", "0")));
    assertThat(slots(next, "TAKEN_UP"))
        .extracting(line -> line.get("version"))
        .containsExactly("v2");
    assertThat(ids(ended(next), "id")).isEqualTo(folders());
    Cli last = good(Child.run(variables, schedule("--slots", "1", "--catch-up", "0")));
    assertThat(slots(last, "TAKEN_UP")).isEmpty();
    assertThat(slots(last, "ALREADY_STARTED")).hasSize(1);
    assertThat(ended(last)).hasSize(1);
  }

  @Test
  void afterSigtermTheSlotIsFreeAtOnce() throws Exception {
    Path go = dir.resolve("go");
    try (Child ended = Child.start(variables, words("1h", "--hold-start", go))) {
      Watched.until(dir, ended, () -> Files.exists(dir.resolve("go.held")));
      ended.terminate();
      Cli answer = ended.end();
      assertThat(answer.code()).isEqualTo(143);
      assertThat(answer.err()).isEmpty();
    }
    Cli next = good(Child.run(variables, schedule("--slots", "1", "--catch-up", "0")));
    assertThat(ids(slots(next, "STARTED"), "run")).isEqualTo(folders()).hasSize(2);
  }

  @Test
  void wrongUsageIsOneLine() {
    Map<List<Object>, String> cases =
        Map.of(
            List.of("schedule", "p"), "give a PIPELINE and --cron EXPR, or --demo",
            List.of("schedule", "p", "--source", dir, "--cron", "1 2"), "--cron: \"1 2\": ",
            List.of("schedule", "p", "--cron", "* * * * *"), "--source: is not given",
            List.of("schedule", "p", "--cron", "* * * * *", "--slots", "0"), "--slots must be");
    cases.forEach(
        (words, problem) -> {
          Cli answer = Cli.at(dir, words.toArray());
          assertThat(answer.code()).as("%s", words).isEqualTo(2);
          assertThat(answer.err()).contains(problem).hasLineCount(1);
        });
  }
}

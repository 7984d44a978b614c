package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  @Test
  void threeRuns() {
    Cli answer = Cli.run("demo", "--json");
    assertThat(answer.code()).isZero();
    assertThat(answer.err()).isEmpty();
    List<Map<String, Object>> lines = answer.json();

    assertThat(summary(lines, 1)).containsEntry("tasks", 14);
    assertThat(tasks(lines, 1, "miss")).hasSize(13);
    assertThat(tasks(lines, 1, "bypass")).containsExactly("log");

    assertThat(summary(lines, 2))
        .containsEntry("misses", 0)
        .containsEntry("failed", 0)
        .containsEntry("bypassed", 1);
    assertThat(tasks(lines, 2, "hit")).isEqualTo(tasks(lines, 1, "miss"));
    assertThat((int) summary(lines, 2).get("savedMillis")).isPositive();
    int line =
        (int)
                DemoCommand.text()
                    .lines()
                    .takeWhile(Predicate.not("        cachingOptions: {}"::equals))
                    .count()
            + 1;
    assertThat(lines)
        .filteredOn(each -> "log".equals(each.get("task")))
        .hasSize(3)
        .allSatisfy(
            each ->
                assertThat(each.get("message"))
                    .asString()
                    .startsWith(
                        "mode = OFF (TASK, planets.yaml:"
                            + line
                            + ": root.dag.tasks.log.cachingOptions"));

    assertThat(tasks(lines, 3, "miss"))
        .containsExactly("check", "orbits.each[8].simulate", "orbits.fit", "report");
    assertThat(tasks(lines, 3, "hit")).hasSize(10);
    assertThat(lines)
        .filteredOn(each -> each.get("run").equals(3) && "miss".equals(each.get("decision")))
        .allSatisfy(
            each ->
                assertThat(each)
                    .containsEntry("reason", "INPUT_CHANGED")
                    .extracting("message")
                    .asString()
                    .contains("\"Pluto\""));
    assertThat(summary(lines, 3)).containsEntry("tasks", 15);
  }

  @Test
  void aStrangerIsToldWhatToLookAt() {
    String out = Cli.run("demo").out();
    assertThat(out)
        .contains("Run 1 of 3: ", "Run 2 of 3: ", "Run 3 of 3: ", "period ~ distance^1.5")
        .contains("14 tasks: 13 misses, 1 bypassed; took ")
        .contains("14 tasks: 13 hits, 1 bypassed; took ")
        .contains("15 tasks: 10 hits, 4 misses, 1 bypassed; took ");
    assertThat(out.lines().filter(each -> each.startsWith("Look: "))).hasSize(3);
  }

  private static Set<String> tasks(List<Map<String, Object>> lines, int run, String decision) {
    Set<String> tasks = new TreeSet<>();
    for (Map<String, Object> line : lines) {
      if (line.get("run").equals(run) && decision.equals(line.get("decision"))) {
        tasks.add((String) line.get("task"));
      }
    }
    return tasks;
  }

  private static Map<String, Object> summary(List<Map<String, Object>> lines, int run) {
    return lines.stream()
        .filter(line -> line.get("run").equals(run) && line.containsKey("tasks"))
        .findFirst()
        .orElseThrow();
  }
}

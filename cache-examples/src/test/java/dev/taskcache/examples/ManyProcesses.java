package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that run the same tasks at the same time, or die while they do. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // nothing ends an open()
abstract class ManyProcesses {
  private static final int TASKS = 30;
  private static final int PROCESSES = 3;

  @TempDir Path dir;

  /** The store that they share, ready to be used. */
  abstract String store();

  private Map<String, String> variables() {
    return Map.of("TASKCACHE_STORE", store(), "XDG_CACHE_HOME", dir.resolve("cache").toString());
  }

  /** A command that opens it waits until the test does. */
  private Path pipe(String name) throws Exception {
    Path pipe = dir.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  /** Each process waits in a task that is not cached, until all of them do. */
  @Test
  void ofAllThatRunAtOnceExactlyOneExecutesEachTask() throws Exception {
    Ir ir = new Ir().parameter("gate", "STRING", "");
    ir.task("gate")
        .notCached()
        .fromPipeline("gate", "STRING")
        .arg("{{$.inputs.parameters['gate']}}")
        .sh("read line < \"$1\"");
    for (int i = 0; i < TASKS; i++) {
      ir.task("t" + i)
          .after("gate")
          .constant("trace", "STRING", dir.resolve("runs").toString())
          .writes("value", "NUMBER_INTEGER")
          .arg("{{$.inputs.parameters['trace']}}")
          .arg("{{$.outputs.parameters['value'].output_file}}")
          .sh("echo t" + i + " >> \"$1\"; printf " + i + " > \"$2\"");
    }
    Path pipeline = Files.writeString(dir.resolve("p.json"), ir.text());

    List<Child> children = new ArrayList<>();
    List<Path> gates = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        gates.add(pipe("gate" + i));
        children.add(
            Child.start(
                variables(),
                List.of("run", pipeline, "--json", "-j", "4", "-p", "gate=" + gates.get(i))
                    .toArray()));
      }
      for (Path gate : gates) {
        Files.writeString(gate, "go\n");
      }
      int executed = 0;
      int received = 0;
      for (Child child : children) {
        Cli answer = child.end();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        List<Map<String, Object>> lines = answer.json();
        Map<String, Object> summary = lines.get(lines.size() - 1);
        executed += (int) summary.get("misses");
        received += (int) summary.get("hits") + (int) summary.get("waited");
      }
      Map<String, Integer> runs = new HashMap<>();
      Files.readAllLines(dir.resolve("runs")).forEach(task -> runs.merge(task, 1, Integer::sum));
      assertThat(runs).hasSize(TASKS).allSatisfy((task, count) -> assertThat(count).isEqualTo(1));
      assertThat(executed).isEqualTo(TASKS);
      assertThat(received).isEqualTo((PROCESSES - 1) * TASKS);
    } finally {
      children.forEach(Child::close);
    }
  }

  /** A task that tells its process id, and blocks unless there is a file named second. */
  private Path blocking() throws Exception {
    pipe("started");
    pipe("never");
    Ir ir =
        new Ir()
            .task("task")
            .constant("dir", "STRING", dir.toString())
            .writes("value", "NUMBER_INTEGER")
            .arg("{{$.inputs.parameters['dir']}}")
            .arg("{{$.outputs.parameters['value'].output_file}}")
            .sh(
                """
                echo run >> "$1/runs"
                if [ ! -e "$1/second" ]; then
                  echo $$ > "$1/started"
                  read line < "$1/never"
                fi
                printf 7 > "$2"
                """)
            .output("value", "NUMBER_INTEGER", "task");
    return Files.writeString(dir.resolve("p.json"), ir.text());
  }

  /** The task's process, as soon as it runs. */
  private ProcessHandle started() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(dir.resolve("started"))) {
      return ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
    }
  }

  private Map<String, Object> doctor() {
    return Cli.object(Cli.run("doctor", "--json", "--store", store()).out());
  }

  private void assertTaken(Object... run) throws Exception {
    Cli answer = Child.run(variables(), run);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
    assertThat(answer.json().get(0)).containsEntry("decision", "miss");
    assertThat(Files.readAllLines(dir.resolve("runs"))).containsExactly("run", "run");
    assertThat(doctor()).containsEntry("leased", 0).containsEntry("entries", 1);
    assertThat(Child.run(variables(), run).json().get(0)).containsEntry("decision", "hit");
  }

  @Test
  void ofAProcessThatIsKilledAnotherTakesOverWhenItsLeaseEnds() throws Exception {
    Object[] run = {"run", blocking(), "--json", "--lease", "10s"};
    try (Child killed = Child.start(variables(), run)) {
      ProcessHandle orphan = started();
      killed.kill();
      orphan.destroyForcibly();
    }
    assertThat(doctor()).containsEntry("leased", 1).containsEntry("entries", 0);
    Files.createFile(dir.resolve("second"));
    assertTaken(run);
  }

  /** With a lease this long nobody would see the end of a wait for it. */
  @Test
  void aProcessThatIsAskedToEndGivesItsLeaseBackAndEndsItsTask() throws Exception {
    Object[] run = {"run", blocking(), "--json", "--lease", "1h"};
    try (Child ended = Child.start(variables(), run)) {
      ProcessHandle task = started();
      ended.terminate();
      task.onExit().join();
    }
    assertThat(doctor()).containsEntry("leased", 0).containsEntry("entries", 0);
    Files.createFile(dir.resolve("second"));
    assertTaken(run);
  }
}

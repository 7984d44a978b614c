package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes with the same schedules over one store: what they cost, and what a death changes. */
class SchedulingProcessesTest {
  private static final int PROCESSES = 4;
  private static final int SCHEDULES = 50;
  private static final int PIPELINES = 5;

  @TempDir private Path source;
  @TempDir private Path runs;

  @BeforeEach
  void publish() throws IOException {
    for (int i = 0; i < PIPELINES; i++) {
      Path pipeline = Files.createDirectory(source.resolve("p" + i));
      Path written = Files.writeString(pipeline.resolve("v1.writing"), ir(i));
      Files.move(written, pipeline.resolve("v1.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** A pipeline of one command, like no other. */
  private static String ir(int number) {
    return """
        {"pipelineInfo": {"name": "p%d"}, "schemaVersion": "2.1.0", "sdkVersion": "kfp-2.14.3",
         "components": {"comp-say": {"executorLabel": "exec-say"}},
         "deploymentSpec": {"executors": {"exec-say": {"container": {
           "image": "alpine", "command": ["echo", "%d"]}}}},
         "root": {"dag": {"tasks": {"say": {
           "componentRef": {"name": "comp-say"}, "taskInfo": {"name": "say"}}}}}}
        """
        .formatted(number, number);
  }

  private ChildJvm process(TestDatabase database, List<String> schedules) throws IOException {
    return new ChildJvm(
        ScheduleMain.class,
        Stream.concat(
                Stream.of(
                    database.url(), source.toString(), runs.toString(), String.valueOf(PIPELINES)),
                schedules.stream())
            .toArray(String[]::new));
  }

  private static void migrate(TestDatabase database) {
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      store.schema().migrate();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void fiftySchedulesInFourProcessesCostOneRequestAndOneCompilationAPipelineAndStartOnce(
      TestDatabase database) throws Exception {
    migrate(database);
    List<String> schedules =
        IntStream.range(0, SCHEDULES).mapToObj(number -> "s" + number).toList();
    List<ChildJvm> processes = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(process(database, schedules));
      }
      for (ChildJvm each : processes) {
        assertThat(each.line()).isEqualTo("ready");
      }
      for (ChildJvm each : processes) {
        each.tell("go");
      }
      int lists = 0;
      int compiled = 0;
      for (ChildJvm each : processes) {
        List<String> said = each.rest();
        assertThat(said).singleElement().asString().startsWith("lists ");
        String[] words = said.get(0).split(" ");
        lists += Integer.parseInt(words[1]);
        compiled += Integer.parseInt(words[3]);
      }
      assertThat(lists).isEqualTo(PIPELINES);
      assertThat(compiled).isEqualTo(PIPELINES);
    } finally {
      processes.forEach(ChildJvm::close);
    }
    try (Stream<Path> started = Files.list(runs)) {
      assertThat(started).hasSize(SCHEDULES);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void aProcessThatIsKilledBetweenClaimAndStartLeavesTheSlotToTheNextUnderTheSameId(
      TestDatabase database) throws Exception {
    migrate(database);
    String id;
    try (ChildJvm killed = process(database, List.of("holding"))) {
      assertThat(killed.line()).isEqualTo("ready");
      killed.tell("go");
      String claimed = killed.line();
      assertThat(claimed).startsWith("claimed run-holding-20260102t020000z-");
      id = claimed.substring("claimed ".length());
      killed.kill();
    }
    // What the next process needs is in the store: the version that was decided, compiled.
    Files.move(source.resolve("p0"), source.resolve("elsewhere"));
    try (ChildJvm next = process(database, List.of("holding"))) {
      assertThat(next.line()).isEqualTo("ready");
      next.tell("go");

      assertThat(next.line()).isEqualTo("claimed " + id);
    }
  }
}

package dev.taskcache.examples;

import static dev.taskcache.examples.RunFixture.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are being executed: equal ones wait for each other, and none survives its session. */
@Timeout(120)
class SharedRunTest {
  @TempDir private Path dir;

  /** The command blocks in reading from it until the test has written to it. */
  @BeforeEach
  void makePipe() throws Exception {
    new ProcessBuilder("mkfifo", dir.resolve("pipe").toString()).start().waitFor();
  }

  private static void equalTasks(Ir ir, String script) {
    for (String name : List.of("one", "other")) {
      ir.task(name)
          .fromPipeline("dir", "STRING")
          .arg("{{$.inputs.parameters['dir']}}")
          .sh("echo run >> \"$1/runs\"; read line < \"$1/pipe\"; " + script);
    }
  }

  /** Lets the command go on as soon as the second of two equal tasks waits for it. */
  private RunResult runEqual(RunFixture fixture, String script) throws Exception {
    Ir ir = new Ir();
    equalTasks(ir, script);
    LocalPipeline source = fixture.source(ir);
    Future<RunResult> run = CompletableFuture.supplyAsync(() -> quietly(fixture, source));
    while (!somebodyWaitsForAnother()) {
      Thread.onSpinWait();
    }
    Files.writeString(dir.resolve("pipe"), "go\n");
    return run.get();
  }

  private static RunResult quietly(RunFixture fixture, LocalPipeline source) {
    try {
      return fixture.run(source);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean somebodyWaitsForAnother() {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(
                        frame ->
                            frame.getClassName().startsWith("dev.taskcache.flight.Flights")
                                && frame.getMethodName().equals("await")));
  }

  @Test
  void equalTasksRunOnce() throws Exception {
    try (RunFixture fixture = new RunFixture(dir, 2)) {
      RunResult result = runEqual(fixture, ":");
      assertThat(verdicts(result.tasks()).values())
          .containsExactlyInAnyOrder(Verdict.MISS, Verdict.WAITED);
      TaskResult waited =
          result.tasks().stream()
              .filter(task -> task.verdict() == Verdict.WAITED)
              .findFirst()
              .orElseThrow();
      assertThat(waited.reason()).isEqualTo("RUN_BY_ANOTHER");
      assertThat(fixture.lines("runs")).hasSize(1);
    }
  }

  @Test
  void equalTasksFailTogether() throws Exception {
    try (RunFixture fixture = new RunFixture(dir, 2)) {
      RunResult result = runEqual(fixture, "exit 3");
      assertThat(result.summary().count(Verdict.FAILED)).isEqualTo(2);
      assertThat(result.tasks().stream().map(TaskResult::message))
          .anyMatch("exit code 3"::equals)
          .anyMatch(message -> message.matches("is the same as .*, and that failed: exit code 3"));
      assertThat(fixture.lines("runs")).hasSize(1);
    }
  }

  @Test
  void noProcessSurvivesItsSession() throws Exception {
    Ir ir = new Ir();
    ir.task("stuck")
        .fromPipeline("dir", "STRING")
        .arg("{{$.inputs.parameters['dir']}}")
        .sh("sh -c 'echo $$ > \"$0/pipe\"; read line < \"$0/pipe\"' \"$1\"; exit 0");
    FutureTask<RunResult> run;
    ProcessHandle process;
    try (RunFixture fixture = new RunFixture(dir, 1)) {
      LocalPipeline source = fixture.source(ir);
      run = new FutureTask<>(() -> fixture.run(source));
      Thread runner = new Thread(run);
      runner.start();
      process = ProcessHandle.of(pid()).orElseThrow();
      runner.interrupt();
      assertThat(run)
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(InterruptedException.class);
    }
    process.onExit().join();
    assertThat(process.isAlive()).isFalse();
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(dir.resolve("pipe")).get(0));
  }
}

package dev.taskcache.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.InMemoryStore;
import dev.taskcache.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many schedules cost a source, counted. */
class ManySchedulesTest {
  private final SettableClock time = new SettableClock(PublishedVersions.START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final PublishedVersions source = new PublishedVersions();
  private final TestProcess process = new TestProcess(source, store, time);
  private final ExecutorService callers = Executors.newFixedThreadPool(50);

  @AfterEach
  void end() {
    source.slow.countDown();
    callers.shutdownNow();
    process.close();
  }

  @Test
  void fiftyCallersAtOnceShareOneRequestAndOneCompilation() throws Exception {
    source.publish("p", "v1", "x y z");
    source.slow = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(50);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Callable<String> call =
          () -> {
            begun.countDown();
            return process.ready();
          };
      answers.add(callers.submit(call));
    }
    begun.await();
    source.slow.countDown();

    for (Future<String> each : answers) {
      assertThat(each.get()).isEqualTo("v1");
    }
    assertThat(source.lists).hasValue(1);
    assertThat(process.compiler.compiled).hasValue(1);
    assertThat(process.told(TestProcess.Compiled.class)).hasSize(1);
  }

  @Test
  void tenThousandSchedulesOnAHundredPipelinesCostAHundredRequestsAnInterval() throws Exception {
    for (int p = 0; p < 100; p++) {
      source.publish("p" + p, "v1", "x y p" + p);
    }
    for (int interval = 1; interval <= 3; interval++) {
      List<Future<ReadyVersion>> runs = new ArrayList<>();
      for (int schedule = 0; schedule < 10_000; schedule++) {
        String pipeline = "p" + schedule % 100;
        runs.add(
            callers.submit(() -> process.pipelines.ready(pipeline, VersionSelection.latest())));
      }
      for (int schedule = 0; schedule < 10_000; schedule++) {
        assertThat(runs.get(schedule).get().version().pipeline()).isEqualTo("p" + schedule % 100);
      }
      assertThat(source.lists).hasValue(100 * interval);
      time.advance(TestProcess.INTERVAL);
    }
    assertThat(process.compiler.compiled).hasValue(100);
  }
}

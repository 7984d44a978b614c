package dev.taskcache.version.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskCache;
import dev.taskcache.kfp.KfpPipelineReader;
import dev.taskcache.kfp.KfpPlanCompiler;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.version.CompiledPipelines;
import dev.taskcache.version.DirectorySource;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.ReadyVersion;
import dev.taskcache.version.RecurringRuns;
import dev.taskcache.version.Schedule;
import dev.taskcache.version.SlotDecision;
import dev.taskcache.version.SlotOutcome;
import dev.taskcache.version.VersionChange;
import dev.taskcache.version.VersionListener;
import dev.taskcache.version.VersionResolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/versions.md, as a host of ours would have it. */
class RecurringRunGuideTest {
  private static final String IR =
      """
      pipelineInfo: {name: train}
      schemaVersion: 2.1.0
      sdkVersion: kfp-2.14.3
      components: {comp-fit: {executorLabel: exec-fit}}
      deploymentSpec: {executors: {exec-fit: {container: {image: 'alpine', command: [%s]}}}}
      root: {dag: {tasks: {fit: {componentRef: {name: comp-fit}, taskInfo: {name: fit}}}}}
      """;

  @TempDir private Path directory;

  private final List<String> engine = new ArrayList<>();
  private final List<String> alerts = new ArrayList<>();

  private void publish(String version, String command) throws Exception {
    Path pipeline = Files.createDirectories(directory.resolve("train"));
    // region publish
    Path written = Files.writeString(pipeline.resolve(version + ".tmp"), IR.formatted(command));
    Files.move(written, pipeline.resolve(version + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    // end region
  }

  private void startRun(String id, String plan) {
    engine.add(id + " " + plan);
  }

  @Test
  void aRecurringRunFollowsItsPipeline() throws Exception {
    publish("v1", "first");
    ExecutorService executor = Executors.newCachedThreadPool();
    CacheStore store = new InMemoryStore();
    // region set-up
    TaskCache cache = TaskCache.builder(store).build();
    PipelineSource source = DirectorySource.of(directory);
    VersionResolver resolver =
        VersionResolver.builder(source, new KfpPipelineReader(), cache, executor)
            .interval(Duration.ofMinutes(1))
            .oldestInformation(Duration.ofDays(2))
            .listener(
                new VersionListener() {
                  @Override
                  public void onChange(VersionChange change) {
                    alerts.add(change.toString());
                  }
                })
            .build();
    CompiledPipelines pipelines =
        CompiledPipelines.builder(resolver, new KfpPlanCompiler()).build();
    RecurringRuns runs = RecurringRuns.of(pipelines, store);
    // end region

    // region slot
    Schedule nightly = Schedule.of("nightly", "train"); // or .pinned("v1"), or .range("^1.4")
    Instant slot = Instant.parse("2026-11-25T02:00:00Z");
    SlotOutcome outcome =
        runs.run(
            nightly,
            slot,
            (decision, plan) ->
                startRun(decision.runId(), new String(plan, StandardCharsets.UTF_8)));
    // end region
    assertThat(outcome).isInstanceOf(SlotOutcome.Started.class);
    assertThat(engine).singleElement().asString().startsWith("run-nightly-").contains("first");

    publish("v2", "second");
    resolver.published("train", "v2");
    // region prepare
    ReadyVersion next = pipelines.prepare("train", nightly.selection());
    // end region
    assertThat(next.version().id()).isEqualTo("v2");
    assertThat(alerts).singleElement().asString().contains("v1 -> v2", "comp-fit changed");

    // region log
    for (SlotDecision each : RecurringRuns.log(store, "default", "nightly", 20)) {
      System.out.println(each);
    }
    // end region
    assertThat(RecurringRuns.log(store, "default", "nightly", 20)).hasSize(1);
    executor.shutdownNow();
    cache.close();
  }
}

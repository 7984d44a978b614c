package dev.taskcache.jdbc;

import dev.taskcache.TaskCache;
import dev.taskcache.kfp.KfpPipelineReader;
import dev.taskcache.kfp.KfpPlanCompiler;
import dev.taskcache.version.CompiledPipelines;
import dev.taskcache.version.DirectorySource;
import dev.taskcache.version.PipelineCompiler;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.RecurringRuns;
import dev.taskcache.version.Schedule;
import dev.taskcache.version.SlotDecision;
import dev.taskcache.version.SlotOutcome;
import dev.taskcache.version.VersionResolver;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with schedules. Says {@code ready}, waits for a line, runs one slot of each schedule at
 * once, and says {@code lists NUMBER compiled NUMBER}. A run is a folder named by its id; a
 * schedule that is called {@code holding} says {@code claimed ID} instead, and never comes back.
 *
 * <p>Its arguments: the database's URL, the source's folder, the runs' folder, the number of
 * pipelines, the schedules' names.
 */
final class ScheduleMain {
  static final Instant SLOT = Instant.parse("2026-01-02T02:00:00Z");
  static final Duration LEASE = Duration.ofSeconds(2);

  private static final AtomicInteger LISTS = new AtomicInteger();
  private static final AtomicInteger COMPILED = new AtomicInteger();

  private final Path folder;
  private final RecurringRuns runs;

  private ScheduleMain(Path folder, RecurringRuns runs) {
    this.folder = folder;
    this.runs = runs;
  }

  public static void main(String[] arguments) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    var scheduler = Executors.newScheduledThreadPool(2);
    int pipelines = Integer.parseInt(arguments[3]);
    try (JdbcStore store =
            JdbcStore.builder(arguments[0])
                .deadline(Duration.ofSeconds(60))
                .listenExecutor(threads)
                .build();
        TaskCache cache = TaskCache.builder(store).scheduler(scheduler).lease(LEASE).build()) {
      VersionResolver resolver =
          VersionResolver.builder(
                  new Counted(DirectorySource.of(Path.of(arguments[1]))),
                  new KfpPipelineReader(),
                  cache,
                  threads)
              .interval(Duration.ofHours(1))
              .lookupTimeout(Duration.ofMinutes(1))
              .build();
      CompiledPipelines compiled =
          CompiledPipelines.builder(resolver, new CountedCompiler(new KfpPlanCompiler())).build();
      ScheduleMain main =
          new ScheduleMain(Path.of(arguments[2]), RecurringRuns.of(compiled, store));
      System.out.println("ready");
      if (System.in.read() >= 0) {
        List<String> names = List.of(arguments).subList(4, arguments.length);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
          Schedule schedule = Schedule.of(names.get(i), "p" + i % pipelines);
          running.add(threads.submit(() -> main.run(schedule)));
        }
        for (Future<?> each : running) {
          each.get();
        }
        System.out.println("lists " + LISTS + " compiled " + COMPILED);
      }
    } finally {
      threads.shutdownNow();
      scheduler.shutdownNow();
    }
  }

  private Void run(Schedule schedule) throws Exception {
    SlotOutcome outcome;
    do {
      outcome =
          runs.run(schedule, SLOT, schedule.name().equals("holding") ? this::hold : this::start);
    } while (outcome instanceof SlotOutcome.Held);
    return null;
  }

  private void hold(SlotDecision decision, byte[] compiled) throws IOException {
    System.out.println("claimed " + decision.runId());
    while (System.in.read() >= 0) {
      // Until it is killed.
    }
  }

  /** As an engine that refuses an id that it has; whoever is refused says so. */
  private void start(SlotDecision decision, byte[] compiled) throws IOException {
    try {
      Files.write(
          Files.createDirectory(folder.resolve(decision.runId())).resolve("plan"), compiled);
    } catch (FileAlreadyExistsException e) {
      System.out.println("twice " + decision.runId());
    }
  }

  private record Counted(PipelineSource source) implements PipelineSource {
    @Override
    public String name() {
      return source.name();
    }

    @Override
    public List<PipelineVersion> versions(String pipeline)
        throws IOException, InterruptedException {
      LISTS.incrementAndGet();
      return source.versions(pipeline);
    }

    @Override
    public Optional<PipelineVersion> version(String pipeline, String id)
        throws IOException, InterruptedException {
      return source.version(pipeline, id);
    }

    @Override
    public byte[] load(PipelineVersion version) throws IOException, InterruptedException {
      return source.load(version);
    }
  }

  private record CountedCompiler(PipelineCompiler compiler) implements PipelineCompiler {
    @Override
    public String name() {
      return compiler.name();
    }

    @Override
    public String version() {
      return compiler.version();
    }

    @Override
    public byte[] compile(byte[] content, Map<String, ?> options) throws Exception {
      COMPILED.incrementAndGet();
      return compiler.compile(content, options);
    }
  }
}

package dev.taskcache.examples;

import dev.taskcache.NotCacheableException;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.kfp.KfpRun;
import dev.taskcache.kfp.KfpTask;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.store.CacheStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one invocation share: the store and its cache, the scratch folder, the threads.
 * Close it, or end the JVM: either way no process of a task survives. One run at a time.
 */
final class Session implements AutoCloseable {
  private static final long LONGEST_END_SECONDS = 5;

  /** Another process that renews its lease is waited for; people end the command if it hangs. */
  private static final Duration AS_LONG_AS_IT_LIVES = Duration.ofDays(365);

  private final CacheStore store;
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final ImageDigestResolver images;
  private final TaskCache cache;
  private final ExecutorService workers;
  private final ScratchFolder scratch;
  private final LocalExecutor executor;
  private final AtExit atExit;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private int runs;

  /**
   * How a session runs what it is given.
   *
   * @param jobs how many tasks are executed at a time
   * @param images what resolves image tags
   * @param verifier what looks at the artifacts of recorded results
   * @param lease how long a session that dies delays others
   * @param keep whether the scratch folder stays
   */
  record Settings(
      int jobs,
      ImageDigestResolver images,
      ArtifactVerifier verifier,
      Duration lease,
      boolean keep) {
    static final Duration LEASE = Duration.ofSeconds(30);

    /** The settings of a session that executes nothing. */
    static Settings reading(ImageDigestResolver images, ArtifactVerifier verifier) {
      return new Settings(1, images, verifier, LEASE, false);
    }
  }

  /**
   * Opens a session.
   *
   * @param store where results are recorded; the session closes it
   * @param artifacts the folder that artifacts are moved to
   * @param settings the rest
   */
  Session(CacheStore store, Path artifacts, Settings settings) {
    this.store = store;
    this.images = settings.images();
    cache =
        TaskCache.builder(store)
            .images(images)
            .verify(settings.verifier())
            .scheduler(scheduler)
            .lease(settings.lease())
            .longestWait(AS_LONG_AS_IT_LIVES)
            .keepInputValues()
            .build();
    workers = Executors.newFixedThreadPool(settings.jobs());
    scratch = ScratchFolder.create(settings.keep());
    executor = new LocalExecutor(scratch, new Artifacts(artifacts));
    atExit = new AtExit(this::release);
  }

  /** The scratch folder. */
  Path folder() {
    return scratch.root();
  }

  /** What its runs ask; the session closes it. */
  TaskCache cache() {
    return cache;
  }

  /** Where that cache records results; the session closes it. */
  CacheStore store() {
    return store;
  }

  /** Runs a pipeline; returns when every task is settled. */
  RunResult run(LocalPipeline pipeline, RunListener listener) throws InterruptedException {
    return run(pipeline, nextRunId(), listener);
  }

  /** Runs a pipeline under an id that the caller has given no other run. */
  RunResult runAs(String runId, LocalPipeline pipeline) throws InterruptedException {
    runs++;
    return run(pipeline, runId, RunListener.NONE);
  }

  private RunResult run(LocalPipeline pipeline, String runId, RunListener listener)
      throws InterruptedException {
    KfpRun run = pipeline.begin(runId);
    Path folder = scratch.root().resolve("run-" + runs);
    return new PipelineRunner(cache, executor, workers, folder, this::key, listener)
        .run(run, runId);
  }

  /** Says what {@link #run} would do now. */
  List<TaskResult> plan(LocalPipeline pipeline) {
    return new Planner(cache).plan(pipeline.begin(nextRunId()));
  }

  /** Says why a task would be a hit or a miss, compared with one run if that is wanted. */
  Explanation explain(LocalPipeline pipeline, String task, @Nullable String run) {
    Planner planner = new Planner(cache);
    List<TaskResult> plan = planner.plan(pipeline.begin(nextRunId()));
    TaskRequest request =
        planner.request(task).orElseThrow(() -> BadInputException.noSuchTask(task, plan));
    if (run == null) {
      return cache.explanations().explain(request);
    }
    Explanation explanation = cache.explanations().explainAgainst(request, run);
    if (explanation.reason() == Reason.NO_EARLIER_RESULT) {
      throw BadInputException.noSuchRun(task, run);
    }
    return explanation;
  }

  /** For instance {@code 2-5f0c91aa}: short for people, and no other session's. */
  private String nextRunId() {
    runs++;
    return runs + "-" + id;
  }

  private @Nullable String key(KfpTask task) {
    try {
      return task.request().key(images).key().toString();
    } catch (NotCacheableException | InvalidRequestException e) {
      return null;
    }
  }

  @Override
  public void close() {
    atExit.close();
  }

  private void release() {
    executor.close();
    workers.shutdownNow();
    try {
      workers.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cache.close();
    store.close();
    scheduler.shutdownNow();
    scratch.close();
  }
}

package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Flyte task, its node and its execution say about caching, run through a cache. */
class FlyteCachingTest {
  private final InMemoryStore store = new InMemoryStore();
  private final TaskCache cache = TaskCache.builder(store).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    cache.close();
  }

  private static FlyteTask task(String metadata, String outputs) {
    String json =
        "{\"id\": {\"project\": \"shop\", \"domain\": \"test\", \"name\": \"t\"},"
            + " \"metadata\": {"
            + metadata
            + "}, \"interface\": {\"inputs\": {\"variables\": {"
            + "\"rate\": {\"type\": {\"simple\": \"INTEGER\"}},"
            + "\"level\": {\"type\": {\"simple\": \"STRING\"}}}},"
            + " \"outputs\": {\"variables\": {"
            + outputs
            + "}}}}";
    return FlyteTaskReader.json().task(FlyteFiles.utf8(json));
  }

  private static FlyteTask cached(String more) {
    return task(
        "\"discoverable\": true, \"discoveryVersion\": \"1\"" + more,
        "\"o0\": {\"type\": {\"simple\": \"INTEGER\"}}");
  }

  private static FlyteNode node(String metadata) {
    return FlyteFiles.node("{\"id\": \"n0\", \"metadata\": {" + metadata + "}}");
  }

  private static FlyteLiterals inputs(int rate, String level) {
    return FlyteFiles.literals(
        "{\"literals\": {\"rate\": {\"scalar\": {\"primitive\": {\"integer\": "
            + rate
            + "}}}, \"level\": {\"scalar\": {\"primitive\": {\"stringValue\": \""
            + level
            + "\"}}}}}");
  }

  private static TaskRequest request(FlyteTask task, int rate, String level) {
    return task.request(inputs(rate, level), FlyteIdentity.CACHE_VERSION).build();
  }

  private static TaskRequest request(FlyteTask task) {
    return request(task, 1, "info");
  }

  private Outcome<Outputs> run(TaskRequest request, int result) throws InterruptedException {
    return cache.getOrRun(request, () -> Outputs.of(Map.of("o0", result)));
  }

  private static Outputs outputs(int result) {
    return Outputs.of(Map.of("o0", result));
  }

  @Test
  void theSecondRunIsAHitAndTheDecisionNamesTheField() throws Exception {
    TaskRequest request = request(cached(""));
    assertThat(run(request, 1).decision()).isInstanceOf(CacheDecision.Miss.class);
    Outcome<Outputs> again = run(request, 2);
    assertThat(again.decision()).isInstanceOf(CacheDecision.Hit.class);
    assertThat(again.value()).isEqualTo(outputs(1));
    assertThat(cache.options(request).setting("mode"))
        .hasToString("mode = READ_WRITE (TASK, t: metadata.discoverable is true)");
  }

  @Test
  void anIgnoredInputDoesNotCountAndAnyOtherDoes() throws Exception {
    FlyteTask task = cached(", \"cacheIgnoreInputVars\": [\"level\"]");
    run(request(task, 1, "info"), 1);
    assertThat(run(request(task, 1, "debug"), 2).value()).isEqualTo(outputs(1));
    assertThat(run(request(task, 2, "info"), 3).value()).isEqualTo(outputs(3));
  }

  @Test
  void anOverwrittenResultIsReplacedForEverybody() throws Exception {
    FlyteTask task = cached("");
    run(request(task), 1);
    TaskRequest overwriting = request(task.overwritingCache("execution f3a: overwrite_cache"));
    Outcome<Outputs> overwritten = run(overwriting, 2);
    assertThat(overwritten.decision().reason()).isEqualTo(Reason.REFRESH_REQUESTED);
    assertThat(overwritten.value()).isEqualTo(outputs(2));
    assertThat(run(request(task), 3).value()).isEqualTo(outputs(2));
    assertThat(cache.options(overwriting).setting("mode"))
        .hasToString("mode = REFRESH (RUN, execution f3a: overwrite_cache)");
  }

  @Test
  void overwritingSwitchesNothingOn() throws Exception {
    FlyteTask off = cached("").overwritingCache("f").with(node("\"cacheable\": false"));
    assertThat(run(request(off), 1).decision().reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(run(request(cached("")), 2).value()).isEqualTo(outputs(2));
    FlyteTask on = off.with(node("\"cacheable\": true"));
    assertThat(cache.options(request(on)).mode()).isEqualTo(Mode.REFRESH);
  }

  /** The first caller's task does not return before all have asked, so that nobody comes late. */
  @Test
  void callersOfASerializedTaskRunItOnce() throws Exception {
    int callers = 8;
    TaskRequest request = request(cached(", \"cacheSerializable\": true"));
    CountDownLatch asked = new CountDownLatch(callers);
    AtomicInteger runs = new AtomicInteger();
    List<Future<Outcome<Outputs>>> outcomes = new ArrayList<>();
    try (TaskCache elsewhere = TaskCache.builder(store).build()) {
      for (int i = 0; i < callers; i++) {
        TaskCache host = i % 2 == 0 ? cache : elsewhere;
        Callable<Outcome<Outputs>> caller =
            () -> {
              asked.countDown();
              return host.getOrRun(
                  request,
                  () -> {
                    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
                    return outputs(runs.incrementAndGet());
                  });
            };
        outcomes.add(threads.submit(caller));
      }
      for (Future<Outcome<Outputs>> each : outcomes) {
        assertThat(each.get(60, TimeUnit.SECONDS).value()).isEqualTo(outputs(1));
      }
    }
    assertThat(runs).hasValue(1);
    assertThat(cache.options(request).setting("waitForRunning"))
        .hasToString("waitForRunning = true (TASK, t: metadata.cache_serializable is true)");
  }

  /** Each caller's task waits until the other's runs: one that waited for the other would not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callersOfATaskThatIsNotSerializedRunItTogether(boolean oneHost) throws Exception {
    TaskRequest request = request(cached(""));
    CountDownLatch running = new CountDownLatch(2);
    try (TaskCache elsewhere = TaskCache.builder(store).build()) {
      List<Future<Outcome<Outputs>>> outcomes = new ArrayList<>();
      for (TaskCache host : List.of(cache, oneHost ? cache : elsewhere)) {
        outcomes.add(
            threads.submit(
                () ->
                    host.getOrRun(
                        request,
                        () -> {
                          running.countDown();
                          assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
                          return outputs(7);
                        })));
      }
      for (Future<Outcome<Outputs>> each : outcomes) {
        assertThat(each.get(90, TimeUnit.SECONDS).value()).isEqualTo(outputs(7));
      }
    }
    assertThat(running.getCount()).isZero();
    assertThat(run(request, 8).value()).isEqualTo(outputs(7));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"READ_WRITE", "READ_ONLY", "REFRESH"})
  void aVoidTaskIsStoredAndFoundInEveryMode(Mode mode) throws Exception {
    FlyteTask task = task("\"discoverable\": true, \"discoveryVersion\": \"1\"", "");
    TaskRequest plain = request(task);
    cache.getOrRun(plain, () -> Outputs.NONE);
    TaskRequest request =
        task.request(inputs(1, "info"), FlyteIdentity.CACHE_VERSION)
            .options(Level.RUN, "the test", CachingOptions.builder().mode(mode).build())
            .build();
    AtomicInteger runs = new AtomicInteger();
    Outcome<Outputs> outcome =
        cache.getOrRun(
            request,
            () -> {
              runs.incrementAndGet();
              return Outputs.NONE;
            });
    assertThat(runs).hasValue(mode == Mode.REFRESH ? 1 : 0);
    assertThat(outcome.value()).isEqualTo(Outputs.NONE);
    assertThat(cache.decide(plain)).isInstanceOf(CacheDecision.Hit.class);
  }

  @Test
  void aNodeStandsAboveItsTaskAndIsNamed() {
    FlyteTask task = cached(", \"cacheSerializable\": true");
    ResolvedOptions off =
        cache.options(
            request(task.with(node("\"cacheable\": false, \"cacheSerializable\": false"))));
    assertThat(off.setting("mode"))
        .hasToString("mode = OFF (TASK, node n0: metadata.cacheable is false)");
    assertThat(off.setting("waitForRunning"))
        .hasToString(
            "waitForRunning = false (TASK, node n0: metadata.cache_serializable is false)");
    TaskRequest version = request(task.with(node("\"cacheVersion\": \" 2 \"")));
    assertThat(version.options().version()).isEqualTo("2");
    assertThat(cache.options(version).setting("mode").where())
        .isEqualTo("t: metadata.discoverable is true");
    assertThat(cache.options(version).waitForRunning()).isTrue();
  }

  @Test
  void offSaysWhatToWriteAndARunCanSwitchItOn() {
    FlyteTask off = task("\"discoveryVersion\": \"1\"", "");
    CacheDecision decision = cache.decide(request(off));
    assertThat(decision.reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(decision.message())
        .startsWith("mode = OFF (TASK, t is not discoverable, which means off; write cache=True");
    TaskRequest on =
        off.request(FlyteFiles.literals("{}"), FlyteIdentity.CACHE_VERSION)
            .options(Level.RUN, "--cache", CachingOptions.builder().mode(Mode.READ_WRITE).build())
            .build();
    assertThat(cache.options(on).mode()).isEqualTo(Mode.READ_WRITE);
    CacheDecision unversioned = cache.decide(request(task("", "")));
    assertThat(unversioned.reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(unversioned.message()).contains("write cache=True");
  }
}

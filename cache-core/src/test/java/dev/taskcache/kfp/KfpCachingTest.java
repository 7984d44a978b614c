package dev.taskcache.kfp;

import static dev.taskcache.kfp.Pretend.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a pipeline's file and its run say about caching, and who decides. */
class KfpCachingTest {
  private static Layer run(String where, CachingOptions.Builder options) {
    return new Layer(Level.RUN, where, options.build());
  }

  private static List<KfpTask> tasks(String file, String text, KfpOverrides overrides) {
    return Pretend.everything(
        KfpRun.builder(KfpPipeline.parse(file, text)).runId("r").overrides(overrides).build());
  }

  private static TaskCache cache(Limits limits) {
    return TaskCache.builder(new InMemoryStore()).images(Pretend.RESOLVER).limits(limits).build();
  }

  private static Map<String, String> modes(List<KfpTask> tasks, TaskCache cache) {
    Map<String, String> modes = new TreeMap<>();
    for (KfpTask each : tasks) {
      modes.put(each.path(), cache.options(each.request()).setting("mode").toString());
    }
    return modes;
  }

  @Test
  void theTraceNamesTheLineThatDecidedAlsoInNestedPipelines() {
    List<KfpTask> tasks = tasks("n.yaml", Pretend.text("nested.yaml"), KfpOverrides.NONE);
    Map<String, String> modes = modes(tasks, cache(Limits.NONE));

    assertThat(modes.get("off-for-all.inner.first"))
        .startsWith("mode = OFF (PIPELINE, n.yaml:54: root.dag.tasks.off-for-all.cachingOptions");
    assertThat(modes.get("said-nothing.first"))
        .isEqualTo(
            "mode = READ_WRITE (TASK, n.yaml:18: components.comp-inner.dag.tasks.first"
                + ".cachingOptions has enableCache: true)");
    CacheDecision off = cache(Limits.NONE).decide(task(tasks, "off-for-all.inner.first").request());
    assertThat(off.reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(off.message()).isEqualTo(modes.get("off-for-all.inner.first"));
  }

  @Test
  void aRunStandsAboveTheFileAndBelowTheLimits() {
    Layer refresh = run("--refresh", CachingOptions.builder().mode(Mode.REFRESH));
    Layer young = run("--max-age", CachingOptions.builder().maxAge(Duration.ofDays(9)));
    List<KfpTask> tasks =
        tasks(
            "n.yaml",
            Pretend.text("nested.yaml"),
            (path, written) -> path.startsWith("user") ? List.of() : List.of(refresh, young));

    assertThat(modes(tasks, cache(Limits.NONE)))
        .containsEntry("off-for-all.inner.first", "mode = REFRESH (RUN, --refresh)")
        .containsEntry("said-nothing.second", "mode = REFRESH (RUN, --refresh)")
        .hasEntrySatisfying("user", mode -> assertThat(mode).contains("(TASK, n.yaml:"));
    Limits limits = new Limits(Mode.OFF, Duration.ofDays(7), Verification.NONE, "policy 7");
    assertThat(modes(tasks, cache(limits)).values())
        .containsOnly("mode = OFF (ADMINISTRATOR, policy 7)");
    assertThat(cache(limits).options(task(tasks, "said-nothing.second").request()).oldest())
        .isEqualTo(Duration.ofDays(7));
  }

  @Test
  void overridesAreToldWhatTheFileSays() {
    Map<String, Mode> written = new TreeMap<>();
    tasks(
        "n.yaml",
        Pretend.text("nested.yaml"),
        (path, options) -> {
          written.put(path, options.mode());
          return List.of();
        });
    assertThat(written)
        .containsEntry("off-for-all.inner.first", Mode.OFF)
        .containsEntry("user", Mode.READ_WRITE)
        .hasSize(7);
  }

  @Test
  void exitHandlersAreOffUnlessAskedFor() {
    String text = Pretend.text("exit.yaml").replace("body", "exit-handler-1");
    List<KfpTask> tasks = tasks("e.yaml", text, KfpOverrides.NONE);
    assertThat(task(tasks, "goodbye").caching().mode()).isEqualTo(Mode.OFF);
    assertThat(task(tasks, "goodbye").caching().setting("mode").toString())
        .startsWith("mode = OFF (LIBRARY, e.yaml:37: root.dag.tasks.goodbye is an exit handler");
    assertThat(task(tasks, "last").caching().mode())
        .as("a task after it that is none")
        .isEqualTo(Mode.READ_WRITE);

    String asked =
        text.replace(
            "        cachingOptions: {enableCache: true}\n        componentRef: {name: comp-goodbye}",
            "        cachingOptions: {enableCache: true, cacheKey: bye}\n"
                + "        componentRef: {name: comp-goodbye}");
    KfpTask goodbye = task(tasks("e.yaml", asked, KfpOverrides.NONE), "goodbye");
    assertThat(goodbye.caching().mode()).isEqualTo(Mode.READ_WRITE);
    assertThat(goodbye.request().options().custom()).isEqualTo("bye");
    assertThat(task(tasks("e.yaml", Pretend.text("exit.yaml"), KfpOverrides.NONE), "goodbye"))
        .as("a task that merely runs after failures, too")
        .extracting(each -> each.caching().mode())
        .isEqualTo(Mode.READ_WRITE);
  }

  @Test
  void whatIsDifferentInEveryRunIsNotCachedWhateverARunSays() {
    String text =
        Pretend.text("nested.yaml")
            .replace("command: [fetch,", "command: ['{{$.pipeline_job_uuid}}',");
    Layer on = run("--cache", CachingOptions.builder().mode(Mode.READ_WRITE));
    List<KfpTask> tasks = tasks("n.yaml", text, (path, written) -> List.of(on));

    assertThat(cache(Limits.NONE).decide(task(tasks, "off-for-all.inner.first").request()).reason())
        .isEqualTo(Reason.RUN_SPECIFIC);
  }
}

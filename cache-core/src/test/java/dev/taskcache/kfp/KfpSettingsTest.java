package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.kfp.KfpContradiction.Verdict;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Setting;
import dev.taskcache.store.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said beside a pipeline's file decides as the release does, and is named. */
class KfpSettingsTest {
  private final TaskCache cache =
      TaskCache.builder(new InMemoryStore()).images(Pretend.RESOLVER).build();

  @AfterEach
  void close() {
    cache.close();
  }

  private static Map<String, KfpTask> tasks(String file, KfpSettings settings) {
    return tasks(Pretend.pipeline(file), settings);
  }

  private static Map<String, KfpTask> tasks(KfpPipeline pipeline, KfpSettings settings) {
    return Pretend.everything(KfpRun.builder(pipeline).runId("r").overrides(settings).build())
        .stream()
        .collect(Collectors.toMap(KfpTask::path, Function.identity(), (a, b) -> b, TreeMap::new));
  }

  private Setting mode(KfpTask task) {
    return cache.options(task.request()).setting("mode");
  }

  /** The table of contradictions says which of the two it is. */
  @ParameterizedTest
  @EnumSource
  void anInstallationThatIsOffDecidesWhereTheReleaseObeysIt(KfpRelease release) {
    KfpSettings off = new KfpSettings(release, true, false, null);
    KfpTask nested = tasks("nested.yaml", off).get("said-nothing.first");
    CacheDecision decision = cache.decide(nested.request());
    if (KfpContradiction.TASK_ON_SERVER_OFF.in(release) == Verdict.NOT_CACHED) {
      assertThat(decision.reason()).isEqualTo(Reason.CACHING_OFF);
      assertThat(decision.message())
          .isEqualTo(
              "mode = OFF (RUN, CACHEENABLED=false of the API server, which "
                  + release
                  + " compiles into every run, above what tasks say)");
    } else {
      assertThat(decision.reason()).isEqualTo(Reason.NO_ENTRY);
      assertThat(mode(nested).toString())
          .startsWith("mode = READ_WRITE (TASK, nested.yaml:18: components.comp-inner");
    }
    assertThat(
            mode(tasks("nested.yaml", KfpSettings.of(release)).get("said-nothing.first")).level())
        .isEqualTo(Level.TASK);
  }

  @Test
  void aRunReachesTasksOfTheRootOnly() {
    Map<String, KfpTask> off =
        tasks("nested.yaml", new KfpSettings(KfpRelease.V2_17, true, true, false));
    assertThat(mode(off.get("user")))
        .hasToString("mode = OFF (RUN, enable_caching=False of the run, for root tasks)");
    assertThat(mode(off.get("said-nothing.first")).level()).isEqualTo(Level.TASK);
    String without =
        Pretend.text("nested.yaml")
            .replace("user:\n        cachingOptions: {enableCache: true}\n", "user:\n");
    KfpTask on =
        tasks(
                KfpPipeline.parse("n.yaml", without),
                new KfpSettings(KfpRelease.V2_17, true, true, true))
            .get("user");
    assertThat(on.caching().mode()).isEqualTo(Mode.OFF);
    assertThat(mode(on))
        .hasToString("mode = READ_WRITE (RUN, enable_caching=True of the run, for root tasks)");
    assertThat(
            mode(tasks("nested.yaml", new KfpSettings(KfpRelease.V2_17, true, false, true))
                    .get("user"))
                .where())
        .as("above the run is the installation")
        .startsWith("CACHEENABLED=false");
    assertThat(
            mode(tasks("nested.yaml", new KfpSettings(KfpRelease.V1_8, true, true, false))
                    .get("user"))
                .level())
        .as("what is not confirmed decides nothing")
        .isEqualTo(Level.TASK);
  }

  @Test
  void theCompilersDefaultCountsWhereATaskSaysNothing() {
    KfpSettings disabled = new KfpSettings(KfpRelease.V2_5, false, true, null);
    assertThat(resolved(disabled.compilerDefault()))
        .hasToString(
            "mode = OFF (LIBRARY, the compiler's default:"
                + " KFP_DISABLE_EXECUTION_CACHING_BY_DEFAULT is set)");
    Layer task =
        new Layer(
            Level.TASK, "train.py:12", CachingOptions.builder().mode(Mode.READ_WRITE).build());
    assertThat(resolved(task, disabled.compilerDefault()))
        .hasToString("mode = READ_WRITE (TASK, train.py:12)");
    for (KfpSettings on :
        List.of(
            KfpSettings.of(KfpRelease.V2_5),
            new KfpSettings(KfpRelease.V2_2_0, false, true, null))) {
      assertThat(resolved(on.compilerDefault()))
          .hasToString("mode = READ_WRITE (LIBRARY, the compiler's default, which is on)");
    }
  }

  private Setting resolved(Layer... layers) {
    TaskRequest.Builder request =
        TaskRequest.builder(ComponentSpec.builder().name("train").build()).version("1");
    for (Layer each : layers) {
      request.options(each.level(), each.where(), each.options());
    }
    return cache.options(request.build()).setting("mode");
  }

  @ParameterizedTest
  @EnumSource
  void whatATaskIsToldIsWhatItsRunDecides(KfpRelease release) {
    int compared = 0;
    for (Boolean run : new Boolean[] {null, true, false}) {
      KfpSettings settings = new KfpSettings(release, false, release != KfpRelease.V2_15, run);
      Map<String, KfpTask> tasks = tasks("nested.yaml", settings);
      for (KfpTaskOptions each : KfpTaskOptions.of(Pretend.pipeline("nested.yaml"), settings)) {
        Setting decided = mode(tasks.get(each.task()));
        assertThat(each.here().setting("mode")).isEqualTo(decided);
        boolean obeyed = decided.level() == Level.RUN;
        if (obeyed) {
          assertThat(each.inKubeflow())
              .isEqualTo(decided.value().equals("OFF") ? Verdict.NOT_CACHED : Verdict.CACHED);
          compared++;
        }
      }
    }
    assertThat(compared > 0).isEqualTo(release != KfpRelease.V1_8);
  }

  @Test
  void contradictionsOfATaskAreNamedWithWhomTheReleaseObeys() {
    KfpSettings settings = new KfpSettings(KfpRelease.V2_5, false, false, false);
    Map<String, List<KfpContradiction>> all = new TreeMap<>();
    KfpTaskOptions.of(Pretend.pipeline("nested.yaml"), settings)
        .forEach(each -> all.put(each.task(), each.contradictions()));
    assertThat(all)
        .containsEntry(
            "user",
            List.of(
                KfpContradiction.TASK_ON_COMPILER_OFF,
                KfpContradiction.TASK_ON_RUN_OFF,
                KfpContradiction.TASK_ON_SERVER_OFF))
        .containsEntry(
            "off-for-all.inner.first",
            List.of(
                KfpContradiction.TASK_ON_COMPILER_OFF,
                KfpContradiction.TASK_ON_GROUP_OFF,
                KfpContradiction.TASK_ON_SERVER_OFF))
        .containsEntry(
            "said-nothing.first",
            List.of(KfpContradiction.TASK_ON_COMPILER_OFF, KfpContradiction.TASK_ON_SERVER_OFF));
    assertThat(KfpContradiction.TASK_ON_SERVER_OFF.sentence(KfpRelease.V2_5))
        .isEqualTo(
            "`cachingOptions.enableCache` of a task is on and API server: `CACHEENABLED`, for v2 is"
                + " off: 2.5 obeys the first: cached");
    assertThat(KfpContradiction.TASK_ON_SERVER_OFF.sentence(KfpRelease.V2_14))
        .endsWith(": 2.14 obeys the second: not cached");
    assertThat(KfpContradiction.TASK_ON_SERVER_OFF.sentence(KfpRelease.V1_8))
        .endsWith(": which of them 1.8 obeys is not confirmed");
    assertThat(KfpTaskOptions.of(Pretend.pipeline("nested.yaml"), KfpRelease.V2_5))
        .filteredOn(each -> each.task().equals("user"))
        .allMatch(each -> each.contradictions().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void oneOfTheTwoIsObeyedAndGivesTheVerdict(KfpContradiction each) {
    for (KfpRelease release : KfpRelease.values()) {
      switch (each.in(release)) {
        case CACHED -> assertThat(each.obeyed(release)).contains(each.on());
        case NOT_CACHED -> assertThat(each.obeyed(release)).contains(each.off());
        case UNCONFIRMED -> assertThat(each.obeyed(release)).isEmpty();
        default -> assertThat(each.obeyed(release)).contains(KfpSwitch.RUN_ENABLE_CACHING);
      }
    }
  }
}

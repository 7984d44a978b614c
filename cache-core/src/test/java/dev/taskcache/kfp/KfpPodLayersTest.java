package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a v1 pod says, as the options of a request: a decision names the label that decided. */
class KfpPodLayersTest {
  private static final String PREFIX = "pipelines.kubeflow.org/";

  private final SettableClock clock = new SettableClock();
  private final TaskCache cache = TaskCache.builder(new InMemoryStore(clock)).build();

  @AfterEach
  void close() {
    cache.close();
  }

  private static KfpPodCaching pod(
      @Nullable String enabled,
      @Nullable String sdk,
      @Nullable String staleness,
      @Nullable String byDefault,
      @Nullable String maximum) {
    Map<String, String> labels = new HashMap<>();
    put(labels, "cache_enabled", enabled);
    put(labels, "enable_caching", sdk);
    Map<String, String> annotations = new HashMap<>();
    put(annotations, "max_cache_staleness", staleness);
    return KfpPodCaching.read(labels, annotations, new KfpCacheServer(byDefault, maximum));
  }

  private static void put(Map<String, String> map, String name, @Nullable String value) {
    if (value != null) {
      map.put(PREFIX + name, value);
    }
  }

  private static TaskRequest request(KfpPodCaching pod) {
    TaskRequest.Builder request =
        TaskRequest.builder(ComponentSpec.builder().name("train").build()).version("1");
    pod.layers("pod train-x7k2")
        .forEach(each -> request.options(each.level(), each.where(), each.options()));
    return request.build();
  }

  /** Labels and annotation; the server's default and maximum; the options, and who decided. */
  @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          true  | -     | -     | -    | -    | READ_WRITE | TASK    | cache_enabled is true      | any     | LIBRARY
          true  | -     | P30D  | -    | -    | READ_WRITE | TASK    | cache_enabled is true      | PT720H  | TASK
          true  | -     | P0D   | -    | -    | READ_WRITE | TASK    | cache_enabled allows it    | PT0S    | TASK
          true  | -     | PT0.5S | -   | -    | READ_WRITE | TASK    | cache_enabled allows it    | PT0S    | TASK
          true  | -     | a week | P7D | -    | READ_WRITE | TASK    | cache_enabled is true      | PT168H  | ADMINISTRATOR
          true  | -     | a week | -   | -    | READ_WRITE | TASK    | cache_enabled is true      | any     | LIBRARY
          true  | -     | -P1D  | P7D  | -    | READ_WRITE | TASK    | cache_enabled is true      | PT168H  | ADMINISTRATOR
          true  | -     | P2D   | P7D  | -    | READ_WRITE | TASK    | cache_enabled is true      | PT48H   | TASK
          true  | -     | P30D  | -    | P1D  | READ_WRITE | TASK    | cache_enabled is true      | PT24H   | ADMINISTRATOR
          true  | -     | PT1H  | P7D  | P1D  | READ_WRITE | TASK    | cache_enabled is true      | PT1H    | TASK
          true  | -     | -     | P7D  | P1D  | READ_WRITE | TASK    | cache_enabled is true      | PT24H   | ADMINISTRATOR
          true  | -     | -     | -    | P1D  | READ_WRITE | TASK    | cache_enabled is true      | PT24H   | ADMINISTRATOR
          true  | -     | -     | P0D  | -    | READ_WRITE | TASK    | cache_enabled allows it    | PT0S    | ADMINISTRATOR
          true  | -     | P1D   | -    | P0D  | READ_WRITE | TASK    | cache_enabled allows it    | PT0S    | ADMINISTRATOR
          true  | false | -     | -    | -    | READ_WRITE | TASK    | enable_caching (false) is what the SDK writes, and nothing reads it | any | LIBRARY
          false | true  | -     | -    | -    | OFF        | TASK    | cache_enabled (false) is not exactly true | any | LIBRARY
          True  | -     | -     | -    | -    | OFF        | TASK    | cache_enabled (True) is not exactly true  | any | LIBRARY
          -     | -     | P1D   | -    | -    | OFF        | TASK    | cache_enabled is absent    | any     | LIBRARY
          """)
  void theOptionsNameWhatDecided(
      @Nullable String enabled,
      @Nullable String sdk,
      @Nullable String staleness,
      @Nullable String byDefault,
      @Nullable String maximum,
      String mode,
      String modeLevel,
      String modeWhere,
      String age,
      String ageLevel) {
    TaskRequest request = request(pod(enabled, sdk, staleness, byDefault, maximum));
    ResolvedOptions options = cache.options(request);
    assertThat(options.setting("mode").value()).isEqualTo(mode);
    assertThat(options.setting("mode").level()).hasToString(modeLevel);
    assertThat(options.setting("mode").where())
        .startsWith("pod train-x7k2: label " + PREFIX)
        .contains(modeWhere);
    assertThat(options.setting("maxAge").value()).isEqualTo(age);
    assertThat(options.setting("maxAge").level()).hasToString(ageLevel);
    switch (ageLevel) {
      case "TASK" ->
          assertThat(options.setting("maxAge").where())
              .startsWith("pod train-x7k2: annotation " + PREFIX + "max_cache_staleness (");
      case "ADMINISTRATOR" ->
          assertThat(options.setting("maxAge").where())
              .matches(
                  "pod train-x7k2: variable (DEFAULT|MAXIMUM)_CACHE_STALENESS of the cache"
                      + " server \\(.*");
      default -> assertThat(options.setting("maxAge").where()).isEqualTo("the library's default");
    }
    assertThat(cache.decide(request).reason())
        .isEqualTo(mode.equals("OFF") ? Reason.CACHING_OFF : Reason.NO_ENTRY);
  }

  @Test
  void zeroIsStoredAndNotFoundAndFoundByThoseWhoAcceptAnyAge() throws Exception {
    TaskRequest zero = request(pod("true", null, "P0D", null, null));
    cache.getOrRun(zero, () -> Outputs.NONE);
    clock.advance(Duration.ofSeconds(1));
    CacheDecision again = cache.peek(zero);
    assertThat(again.reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(cache.options(zero).decidedBy(again.reason()).where())
        .contains("max_cache_staleness (P0D) is 0 seconds: nothing is looked up, but");
    assertThat(cache.peek(request(pod("true", null, null, null, null))))
        .isInstanceOf(CacheDecision.Hit.class);
  }

  @Test
  void aResultIsFoundUntilItIsTooOld() throws Exception {
    TaskRequest day = request(pod("true", null, "P1D", null, null));
    cache.getOrRun(day, () -> Outputs.NONE);
    clock.advance(Duration.ofDays(1));
    assertThat(cache.peek(day)).isInstanceOf(CacheDecision.Hit.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(cache.peek(day).reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
  }

  @Test
  void aPodOfTheV2DriverSaysNothing() {
    KfpPodCaching v2 =
        KfpPodCaching.read(
            Map.of(PREFIX + "cache_enabled", "true"),
            Map.of(PREFIX + "v2_component", "true", PREFIX + "max_cache_staleness", "P0D"),
            KfpCacheServer.UNCONFIGURED);
    assertThat(v2.layers("pod p")).isEmpty();
    KfpPodCaching tfx =
        KfpPodCaching.read(
            Map.of(PREFIX + "cache_enabled", "true", PREFIX + "pipeline-sdk-type", "tfx"),
            Map.of(),
            KfpCacheServer.UNCONFIGURED);
    assertThat(cache.options(request(tfx)).setting("mode").where())
        .isEqualTo(
            "pod train-x7k2: label pipelines.kubeflow.org/pipeline-sdk-type (tfx) has tfx in it:"
                + " TFX caches by itself");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "true, false, -, -, -, SERVER_LABEL_ON_SDK_LABEL_OFF",
        "false, true, -, -, -, SDK_LABEL_ON_SERVER_LABEL_OFF",
        "true, -, P0D, -, -, LABEL_ON_STALENESS_ZERO",
        "true, -, P1D, P0D, -, STALENESS_ON_DEFAULT_OFF",
        "true, -, P1D, -, P0D, STALENESS_ON_MAXIMUM_OFF",
        "true, true, P1D, P2D, P3D, -"
      })
  void whatContradictsIsNamedAndThePodDoesAsTheTableSays(
      String enabled,
      @Nullable String sdk,
      @Nullable String staleness,
      @Nullable String byDefault,
      @Nullable String maximum,
      @Nullable KfpContradiction expected) {
    KfpPodCaching pod = pod(enabled, sdk, staleness, byDefault, maximum);
    if (expected == null) {
      assertThat(pod.contradictions()).isEmpty();
      return;
    }
    assertThat(pod.contradictions()).containsExactly(expected);
    assertThat(expected.in(KfpRelease.V2_15))
        .isEqualTo(
            pod.lookedUp() ? KfpContradiction.Verdict.CACHED : KfpContradiction.Verdict.NOT_CACHED);
  }
}

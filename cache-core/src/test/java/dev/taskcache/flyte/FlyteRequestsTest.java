package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.TaskKey;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyte's tasks in this library's own cache: what Flyte's users expect of one. */
class FlyteRequestsTest {
  private static final FlyteLiterals NONE = FlyteFiles.literals("{}");
  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();

  @AfterEach
  void close() {
    cache.close();
  }

  private static FlyteLiterals inputs(String level, int rate) {
    return FlyteFiles.literals(
        "{\"literals\": {\"log_level\": {\"scalar\": {\"primitive\": {\"stringValue\": \""
            + level
            + "\"}}}, \"rate\": {\"scalar\": {\"primitive\": {\"floatValue\": "
            + rate
            + "}}}}}");
  }

  private static TaskKey key(FlyteTask task, FlyteLiterals inputs, FlyteIdentity identity) {
    return task.request(inputs, identity).build().key(ImageDigestResolver.NONE);
  }

  /** flyte#5837: in Flyte a task without outputs is cached locally and never remotely. */
  @ParameterizedTest
  @EnumSource
  void aVoidTaskIsCachedInEveryMode(FlyteIdentity identity) throws Exception {
    TaskRequest request = FlyteFiles.task("void").request(NONE, identity).build();
    int[] runs = {0};
    for (int i = 0; i < 2; i++) {
      cache.getOrRun(
          request,
          () -> {
            runs[0]++;
            return Outputs.NONE;
          });
    }
    assertThat(runs[0]).isEqualTo(1);
    assertThat(cache.decide(request)).isInstanceOf(CacheDecision.Hit.class);
  }

  @ParameterizedTest
  @EnumSource
  void anIgnoredInputDoesNotCount(FlyteIdentity identity) {
    FlyteTask task = FlyteFiles.task("container");
    assertThat(key(task, inputs("debug", 1), identity).key())
        .isEqualTo(key(task, inputs("info", 1), identity).key())
        .isNotEqualTo(key(task, inputs("info", 2), identity).key());
    assertThat(task.key(inputs("debug", 1)).tag()).isEqualTo(task.key(inputs("info", 1)).tag());
  }

  @Test
  void aMistypedIgnoredInputIsRefused() {
    FlyteTask task = edited("container", "\"log_level\"\n    ]", "\"loglevel\"\n    ]");
    assertThatThrownBy(() -> key(task, inputs("debug", 1), FlyteIdentity.COMPONENT))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("loglevel");
  }

  @Test
  void anInputThatTheInterfaceDoesNotHaveIsRefused() {
    assertThatThrownBy(
            () -> key(FlyteFiles.task("void"), inputs("debug", 1), FlyteIdentity.CACHE_VERSION))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("inputs.");
  }

  @Test
  void offMeansNeitherReadNorWritten() throws Exception {
    FlyteTask off = FlyteFiles.task("off");
    TaskRequest request = off.request(NONE, FlyteIdentity.COMPONENT).build();
    assertThat(cache.decide(request).reason()).isEqualTo(Reason.CACHING_OFF);
    FlyteNode on =
        FlyteFiles.node("{\"metadata\": {\"cacheable\": true, \"cacheVersion\": \"1\"}}");
    assertThat(cache.decide(off.with(on).request(NONE, FlyteIdentity.COMPONENT).build()))
        .isInstanceOf(CacheDecision.Miss.class);
    FlyteNode never = FlyteFiles.node("{\"metadata\": {\"cacheable\": false}}");
    TaskRequest switched =
        FlyteFiles.task("container").with(never).request(NONE, FlyteIdentity.COMPONENT).build();
    assertThat(cache.decide(switched).reason()).isEqualTo(Reason.CACHING_OFF);
  }

  @Test
  void aVersionOrAPolicyIsRequired() {
    FlyteTask task = edited("void", "\"discoveryVersion\": \"1.0\"", "\"discoveryVersion\": \" \"");
    assertThatThrownBy(() -> task.request(NONE, FlyteIdentity.CACHE_VERSION).build())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("a version, or a policy");
    assertThatThrownBy(() -> task.key(NONE))
        .hasMessageContaining("has no cache version, which Flyte refuses");
    assertThat(task.request(NONE, FlyteIdentity.CACHE_VERSION).policy("code", "abc").build())
        .isNotNull();
    assertThat(key(task, NONE, FlyteIdentity.COMPONENT)).isNotNull();
  }

  @Test
  void theVersionCountsWithoutSpacesAroundIt() {
    FlyteTask spaced = edited("void", "\"1.0\"", "\" 1.0 \"");
    assertThat(key(spaced, NONE, FlyteIdentity.CACHE_VERSION).key())
        .isEqualTo(key(FlyteFiles.task("void"), NONE, FlyteIdentity.CACHE_VERSION).key());
    assertThat(spaced.key(NONE).datasetVersion()).isEqualTo("1.0-GKw-c0Pw-GKw-c0Pw");
    assertThat(spaced.caching().version()).isEqualTo(" 1.0 ");
  }

  /** flyte#5837: a dataclass gained a field, and locally the stale result was decoded into it. */
  @ParameterizedTest
  @EnumSource
  void aChangedOutputTypeIsAnotherKey(FlyteIdentity identity) {
    assertThat(key(FlyteFiles.task("dataclass"), NONE, identity).key())
        .isNotEqualTo(key(FlyteFiles.task("dataclass-more"), NONE, identity).key());
  }

  @Test
  void aDocstringIsNoKey() {
    FlyteTask edited =
        edited("container", "\"description\": \"o0\"", "\"description\": \"Model.\"");
    FlyteTask task = FlyteFiles.task("container");
    assertThat(key(edited, NONE, FlyteIdentity.COMPONENT).key())
        .isEqualTo(key(task, NONE, FlyteIdentity.COMPONENT).key());
    assertThat(edited.key(NONE).datasetVersion()).isNotEqualTo(task.key(NONE).datasetVersion());
  }

  @Test
  void anImageCountsWhereTheComponentIsTheIdentity() {
    FlyteTask task = FlyteFiles.task("container");
    FlyteTask other = edited("container", "1".repeat(64), "2".repeat(64));
    assertThat(key(other, NONE, FlyteIdentity.COMPONENT).key())
        .isNotEqualTo(key(task, NONE, FlyteIdentity.COMPONENT).key());
    assertThat(key(other, NONE, FlyteIdentity.CACHE_VERSION).key())
        .isEqualTo(key(task, NONE, FlyteIdentity.CACHE_VERSION).key());
    TaskRequest tagged = FlyteFiles.task("tagged").request(NONE, FlyteIdentity.COMPONENT).build();
    assertThat(cache.decide(tagged).reason()).isEqualTo(Reason.IMAGE_NOT_RESOLVED);
  }

  @Test
  void projectAndDomainAreTheNamespace() {
    TaskRequest request =
        FlyteFiles.task("void").request(NONE, FlyteIdentity.CACHE_VERSION).build();
    assertThat(request.namespace()).isEqualTo("shop/production");
    FlyteTask bare = FlyteTaskReader.json().task(FlyteFiles.utf8("{\"id\": {\"name\": \"t\"}}"));
    assertThat(bare.request(NONE, FlyteIdentity.COMPONENT).build().namespace())
        .isEqualTo(TaskRequest.DEFAULT_NAMESPACE);
  }

  /** What Flyte returns is what the declared outputs accept. */
  @Test
  void outputsOfFlyteConform() {
    FlyteLiterals outputs =
        FlyteFiles.literals(
            "{\"literals\": {\"o0\": {\"scalar\": {\"blob\": {\"uri\": \"s3://b/m\"}}},"
                + " \"o1\": {\"scalar\": {\"primitive\": {\"floatValue\": 0.9}}}}}");
    InputValue.MapValue values = new InputValue.MapValue(outputs.values());
    assertThat(FlyteFiles.task("container").outputs().conform(values)).isEqualTo(values);
    FlyteLiterals record =
        FlyteFiles.literals("{\"literals\": {\"o0\": {\"scalar\": {\"generic\": {\"a\": 1}}}}}");
    assertThat(
            FlyteFiles.task("dataclass")
                .outputs()
                .conform(new InputValue.MapValue(record.values())))
        .isEqualTo(InputValue.of(Map.of("o0", Map.of("a", 1))));
  }

  private static FlyteTask edited(String file, String from, String to) {
    String json = new String(FlyteFiles.bytes("tasks/" + file + ".json"), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    return FlyteTaskReader.json().task(FlyteFiles.utf8(json.replace(from, to)));
  }
}

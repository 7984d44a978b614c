package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KfpPodCachingTest {
  private static final Path FOLDER = Path.of("src/test/resources/kfp-pods");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void everyPodWithWhatDecided() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(15);
    for (Path file : files) {
      JsonNode pod = JSON.readTree(file.toFile());
      JsonNode server = pod.get("server");
      KfpPodCaching caching =
          KfpPodCaching.read(
              texts(pod.get("labels")),
              texts(pod.get("annotations")),
              new KfpCacheServer(
                  server.path("default").textValue(), server.path("maximum").textValue()));
      JsonNode expected = pod.get("expected");
      assertThat(caching.lookedUp()).as("%s", file).isEqualTo(expected.get("lookedUp").asBoolean());
      assertThat(caching.stored()).as("%s", file).isEqualTo(expected.get("stored").asBoolean());
      assertThat(caching.maxStaleness().seconds())
          .as("%s", file)
          .isEqualTo(expected.get("maxStaleness").asLong());
      assertThat(caching.rowStaleness().seconds())
          .as("%s", file)
          .isEqualTo(expected.get("rowStaleness").asLong());
      assertThat(caching.decidedBy().source())
          .as("%s", file)
          .isEqualTo(expected.get("decidedBy").textValue());
      Map<String, String> roles = new LinkedHashMap<>();
      caching.trace().forEach(each -> roles.put(each.source(), each.role().name()));
      assertThat(roles).as("%s", file).isEqualTo(texts(expected.get("roles")));
    }
  }

  @Test
  void theTraceHasTheWordsOfThePod() {
    KfpPodCaching caching =
        KfpPodCaching.read(
            Map.of("pipelines.kubeflow.org/cache_enabled", "true"),
            Map.of("pipelines.kubeflow.org/max_cache_staleness", "a week"),
            KfpCacheServer.UNCONFIGURED);
    assertThat(caching.trace().get(0).value()).isEqualTo("a week");
    assertThat(caching.trace().get(0).message())
        .isEqualTo(
            "cannot be parsed, which means no limit; write a duration such as P30D or PT12H");
    assertThat(caching.maxStaleness().isUnlimited()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "P1DT30H4S, 194404",
    "P30D, 2592000",
    "P1W, 604800",
    "P1W1D, 691200",
    "PT1.5M, 90",
    "P0D, 0",
    "P, -1",
    "PT, -1",
    "P1DT, -1",
    "'', -1",
    "30, -1",
    "30D, -1",
    "P30, -1",
    "p30d, -1",
    "+P1D, -1",
    "P1D1W, -1",
    "P 1D, -1",
    "PT1e3S, -1",
    // Years and months are so many hours
    "P1Y, 31556916",
    "P1M, 2629743",
    "P1Y2M, 36816401",
    "PT1M, 60",
    // Cut off to whole seconds, so that no age is allowed
    "PT0.999S, 0",
    "PT1.999S, 1",
    "P.5D, 43200",
    "P1.D, 86400",
    // Parts that are no number, or beyond 64 bits, count for nothing
    "P.D, 0",
    "P1.2.3DT1H, 3600",
    "P292Y, 9214619472",
    "P300Y, 0",
    "P300YT5S, 5",
    "PT0000000000000000000000000000000001S, 1",
    // Negative is without limit, but not all that begins with a minus is negative
    "-P1D, -86400",
    "-PT0.5S, 0",
    "-P, 0",
  })
  void durationsAsTheServerParsesThem(String text, long seconds) {
    assertThat(KfpStaleness.parse(text).seconds()).isEqualTo(seconds);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.fields().forEachRemaining(each -> texts.put(each.getKey(), each.getValue().textValue()));
    return texts;
  }
}

package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.key.InvalidRequestException;
import java.util.Map;

/**
 * No input gives anything but a result or the documented exception. In an ordinary test run each
 * test sees its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class KfpFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void fingerprintReader(FuzzedDataProvider data) {
    KfpRelease release = data.pickValue(KfpRelease.values());
    String json = data.consumeRemainingAsString();
    try {
      KfpFingerprint fingerprint = KfpFingerprint.fromJson(json, release);
      assertThat(fingerprint.fingerprint()).matches("[0-9a-f]{64}");
      if (!fingerprint.isCustom() && fingerprint.text().startsWith("{\"containerSpec\":")) {
        // What is hashed is a CacheKey again, and hashes to itself.
        String again = "{\"cacheKey\":" + fingerprint.text() + "}";
        assertThat(KfpFingerprint.fromJson(again, release)).isEqualTo(fingerprint);
      }
    } catch (InvalidRequestException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "20s")
  void templateReader(FuzzedDataProvider data) {
    KfpRelease release = data.pickValue(KfpRelease.values());
    String json = data.consumeRemainingAsString();
    try {
      KfpFingerprint fingerprint = KfpFingerprint.ofTemplate(json, null, release);
      assertThat(KfpFingerprint.ofTemplate(fingerprint.text(), null, release))
          .isEqualTo(fingerprint);
    } catch (InvalidRequestException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "20s")
  void podReader(FuzzedDataProvider data) {
    String label = data.consumeBoolean() ? "true" : data.consumeString(8);
    KfpCacheServer server = new KfpCacheServer(data.consumeString(12), data.consumeString(12));
    String staleness = data.consumeRemainingAsString();
    KfpPodCaching caching =
        KfpPodCaching.read(
            Map.of("pipelines.kubeflow.org/cache_enabled", label),
            Map.of("pipelines.kubeflow.org/max_cache_staleness", staleness),
            server);
    assertThat(caching.decidedBy().message()).isNotBlank();
    assertThat(caching.lookedUp())
        .isEqualTo(label.equals("true") && caching.maxStaleness().seconds() != 0);
  }
}

package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.key.InvalidRequestException;
import java.time.Instant;
import java.util.Map;

/**
 * No input gives anything but a result or the documented exception. In an ordinary test run each
 * test sees its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class KfpFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");

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

  /** Lint of whatever is a pipeline, for a release that the first byte chooses. */
  @FuzzTest(maxDuration = "20s")
  void lint(byte[] data) {
    KfpRelease[] releases = KfpRelease.values();
    KfpRelease release = releases[data.length == 0 ? 0 : (data[0] & 0xff) % releases.length];
    String text = new String(data, Math.min(1, data.length), Math.max(0, data.length - 1), UTF_8);
    try {
      KfpPipeline pipeline = KfpPipeline.parse("p.yaml", text);
      int lines = Math.toIntExact(text.lines().count());
      for (KfpFinding each : KfpLint.findings(pipeline, release, NOW)) {
        assertThat(each.line()).isBetween(1, Math.max(1, lines));
        assertThat(each.why()).isNotBlank();
        assertThat(each.toString()).isNotBlank();
      }
      for (KfpTaskOptions each : KfpTaskOptions.of(pipeline, release)) {
        assertThat(each.here().setting("mode").where()).isNotBlank();
      }
    } catch (InvalidPipelineException e) {
      assertThat(e.getMessage()).startsWith("p.yaml:");
    }
  }
}

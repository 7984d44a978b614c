package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Kubeflow's own vectors, where this machine has them, and files of our own, whose fingerprints a
 * second implementation computed ({@code kfp-fingerprints/recompute.py}).
 */
class KfpFingerprintVectorsTest {
  private static final Path OWN = Path.of("src/test/resources/kfp-fingerprints");
  private static final Path SHARED =
      Path.of(
          System.getProperty("taskcache.tests.vectors", "../../shared/vectors"),
          "kfp-fingerprints.json");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void ourFilesInEveryRelease() throws IOException {
    JsonNode expected = JSON.readTree(OWN.resolve("expected.json").toFile());
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(OWN)) {
      all.map(file -> file.getFileName().toString())
          .filter(f -> f.contains("-"))
          .forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(20).allMatch(expected::has);
    for (String file : files) {
      String json = Files.readString(OWN.resolve(file));
      assertThat(KfpFingerprint.fromJson(json, KfpRelease.AFTER).text())
          .as(file)
          .isEqualTo(expected.get(file).get("bytes").textValue());
      for (KfpRelease release : KfpRelease.values()) {
        assertThat(KfpFingerprint.fromJson(json, release).fingerprint())
            .as("%s in %s", file, release)
            .isEqualTo(expected.get(file).get("fingerprints").get(release.label()).textValue());
      }
    }
  }

  @Test
  void kubeflowsOwn() throws IOException {
    assumeTrue(
        Files.isReadable(SHARED),
        () -> SHARED + " is not there; name its folder with -Dtaskcache.tests.vectors");
    JsonNode vectors = JSON.readTree(SHARED.toFile());
    assertThat(vectors).isNotEmpty();
    for (JsonNode vector : vectors) {
      String hashed;
      KfpFingerprint fingerprint;
      if (vector.has("cacheKey")) {
        String json = "{\"cacheKey\": " + vector.get("cacheKey") + "}";
        fingerprint = KfpFingerprint.fromJson(json, KfpRelease.V2_17);
        hashed = vector.get("canonicalJson").textValue();
      } else {
        // It is written with the zero byte as two characters.
        hashed = vector.get("bytes").textValue().replace("\\0", "\0");
        String[] parts = hashed.split("\0", 2);
        fingerprint = KfpFingerprint.ofCustomKey(parts[0], parts[1]);
      }
      assertThat(fingerprint.text()).as("%s", vector.get("name")).isEqualTo(hashed);
      assertThat(fingerprint.fingerprint()).isEqualTo(vector.get("sha256").textValue());
      assertThat(fingerprint.key()).hasToString("kfp2:" + vector.get("sha256").textValue());
    }
  }
}

package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdkVersionsTest {
  @ParameterizedTest
  @CsvSource({
    "kfp-2.13.0, 2.5, true",
    "kfp-2.0.1, 2.17, true",
    "kfp-2.14.0, 2.5, false",
    "kfp-2.14.6, 2.14, true",
    "kfp-2.15.0, 2.14, false",
    "kfp-2.16.1, 2.15, true",
    "kfp-2.17.0, 2.15, false",
    "kfp-2.17.0, 2.17, true",
    "kfp-2.18.0, 2.17, false",
    "kfp-2.99.0, after, true",
    "kfp-1.8.22, 1.8, true",
    "kfp-1.8.22, 2.0.5, false",
    "kfp-2.13.0, 1.8, false",
    "kfp-2.16.0rc1, 2.14, false",
    "tfx-1.0.0, 2.17, true",
    "kfp-2, 2.17, true"
  })
  void whichVersionsBelongToWhichRelease(String version, String release, boolean belongs) {
    Spec.Sdk sdk = new Spec.Sdk(version, new Spot("p.yaml", 7, Place.root()));
    Findings findings = new Findings();
    SdkVersions.check(
        new Spec("p.yaml", "p", sdk, Map.of()), KfpRelease.of(release).orElseThrow(), findings);
    assertThat(findings.byLine().stream().map(KfpFinding::kind))
        .isEqualTo(belongs ? List.of() : List.of(KfpFinding.Kind.SDK_VERSION));
  }
}

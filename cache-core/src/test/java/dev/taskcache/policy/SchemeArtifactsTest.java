package dev.taskcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several verifiers is asked about which artifacts. */
class SchemeArtifactsTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  private final List<String> asked = new ArrayList<>();

  private static Artifact at(@Nullable String uri) {
    return new Artifact("data", DIGEST, uri, InputValue.MapValue.EMPTY);
  }

  /** Notes what it is asked, and finds a fault in what has "bad" in its URI. */
  private ArtifactVerifier noting(String name) {
    return (artifacts, level) -> {
      List<String> uris = artifacts.stream().map(each -> String.valueOf(each.uri())).toList();
      asked.add(name + " " + level + " " + uris);
      return uris.stream()
          .filter(uri -> uri.contains("bad"))
          .map(ArtifactVerifier.Fault::missing)
          .findFirst();
    };
  }

  private Optional<ArtifactVerifier.Fault> verify(Artifact... artifacts) {
    return ArtifactVerifier.byScheme(
            Map.of("s3", noting("s3"), "file", noting("file")), noting("others"))
        .verify(List.of(artifacts), Verification.SIZE);
  }

  @Test
  void eachIsAskedOnceAboutItsOwn() {
    assertThat(
            verify(
                at("s3://a"), at("file:///b"), at("S3://c"), at(null), at("gs://d"), at("no-uri")))
        .isEmpty();

    assertThat(asked)
        .containsExactly(
            "s3 SIZE [s3://a, S3://c]",
            "file SIZE [file:///b]",
            "others SIZE [null, gs://d, no-uri]");
  }

  @Test
  void theFirstFaultEndsIt() {
    assertThat(verify(at("file:///bad"), at("s3://bad"), at("s3://a")))
        .contains(ArtifactVerifier.Fault.missing("file:///bad"));

    assertThat(asked).containsExactly("file SIZE [file:///bad]");
  }

  @Test
  void whatIsNoSchemeIsRefused() {
    for (String none : List.of("", "s3:", "FILE", "3s")) {
      assertThatThrownBy(
              () ->
                  ArtifactVerifier.byScheme(
                      Map.of(none, ArtifactVerifier.NONE), ArtifactVerifier.NONE))
          .hasMessageContaining("\"" + none + "\" is no scheme");
    }
  }
}

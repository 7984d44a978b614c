package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of finding has a file, whose lines say which tasks are to be found there. */
class KfpLintTest {
  private static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");
  private static final Pattern RELEASE = Pattern.compile("# release: (\\S+)");
  private static final Pattern HERE = Pattern.compile("# HERE ?(.*)");

  private record Found(int line, List<String> tasks) {}

  private static String text(String name) throws IOException {
    try (var in = KfpLintTest.class.getResourceAsStream("/kfp-lint/" + name + ".yaml")) {
      assertThat(in).as("file of %s", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<KfpFinding> findings(String text, KfpRelease release) {
    return KfpLint.findings(KfpPipeline.parse("p.yaml", text), release, NOW);
  }

  private static List<KfpFinding> findings(String text) {
    Matcher release = RELEASE.matcher(text);
    assertThat(release.find()).isTrue();
    return findings(text, KfpRelease.of(release.group(1)).orElseThrow());
  }

  private static List<Found> marked(String text) {
    List<Found> marked = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher here = HERE.matcher(lines.get(i));
      if (here.find()) {
        String tasks = here.group(1).strip();
        marked.add(new Found(i + 1, tasks.isEmpty() ? List.of() : List.of(tasks.split(", "))));
      }
    }
    return marked;
  }

  @ParameterizedTest
  @EnumSource(KfpFinding.Kind.class)
  void everyKindIsFoundInItsFileAndNothingElseIs(KfpFinding.Kind kind) throws IOException {
    String text = text(kind.label());
    List<KfpFinding> findings = findings(text);
    assertThat(findings).isNotEmpty().allMatch(each -> each.kind() == kind);
    assertThat(findings.stream().map(each -> new Found(each.line(), each.tasks())))
        .containsExactlyElementsOf(marked(text));
    assertThat(findings)
        .allSatisfy(
            each -> {
              assertThat(each.file()).isEqualTo("p.yaml");
              assertThat(each.place()).isNotEmpty();
              assertThat(each.why()).isNotEmpty();
              assertThat(each.instead()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "custom-key"})
  void whatIsAsPeopleExpectIsNotFound(String name) throws IOException {
    assertThat(findings(text(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "environment-not-in-key, 2.17, true",
    "environment-not-in-key, after, false",
    "cache-key-ignored, 2.2.0, true",
    "platform-not-in-key, 2.15, true",
    "sdk-version, 2.15, false",
    "group-options-ignored, 2.0.5, true",
    "group-options-ignored, 1.8, false"
  })
  void aReleaseThatDoesAsIsExpectedHasNoFinding(String name, String release, boolean found)
      throws IOException {
    assertThat(findings(text(name), KfpRelease.of(release).orElseThrow()))
        .matches(all -> all.stream().anyMatch(each -> each.kind().label().equals(name)) == found);
  }

  @Test
  void aVolumeIsInTheKeyFrom215On() throws IOException {
    String text = text("platform-not-in-key");
    assertThat(findings(text, KfpRelease.V2_14)).hasSize(4);
    assertThat(findings(text, KfpRelease.V2_15)).hasSize(3);
  }

  @Test
  void aKeyWithoutCachingCountsInNoRelease() throws IOException {
    assertThat(findings(text("cache-key-ignored"), KfpRelease.AFTER))
        .singleElement()
        .satisfies(each -> assertThat(each.tasks()).containsExactly("off"));
  }

  @Test
  void aFindingIsOneLine() throws IOException {
    assertThat(findings(text("image-tag")).get(0).toString())
        .isEqualTo(
            "p.yaml:16: warning: one, other: python:3.11 has no digest, and the key has its text:"
                + " another image under the same name finds the old result; write"
                + " python@sha256:… with the image's digest [image-tag]");
    KfpFinding many =
        new KfpFinding(
            KfpFinding.Kind.EMPTY_OPTIONS, "f", 1, "", List.of("a", "b", "c", "d", "e"), "w", "i");
    assertThat(many.toString()).isEqualTo("f:1: note: a, b, c and 2 more: w; i [empty-options]");
  }
}

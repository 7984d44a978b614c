package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.key.JsonForm;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.version.PipelineVersion;
import java.io.IOException;
import java.util.List;

/**
 * No answer gives anything but versions or an IOException. In an ordinary test run each test sees
 * its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class SourceFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void versions(byte[] answer) {
    try {
      PipelineVersion one = VersionAnswers.one("train", answer);
      assertThat(one.id()).isNotEmpty();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      List<PipelineVersion> versions = VersionAnswers.list("train", answer);
      assertThat(versions).extracting(PipelineVersion::id).doesNotHaveDuplicates();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "20s")
  void kubeflow(byte[] answer) {
    try {
      assertThat(KfpAnswers.pipelines("train", answer).next()).isNotNull();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      assertThat(KfpAnswers.versions("train", answer).items()).doesNotContainNull();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      KfpVersion version = KfpAnswers.version(answer);
      // Without a platform: what is loaded stands for itself.
      String text = new String(version.content(), UTF_8);
      if (!text.contains("\n") && !text.contains("pipeline_spec")) {
        assertThat(KfpPipeline.text(JsonForm.parse(text))).isEqualTo(text);
      }
      assertThat(version.of("train").id()).isEqualTo(version.id());
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}

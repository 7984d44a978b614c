package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of pipelines that the API gives as structures. */
class SpecTextTest {
  private static String text(String spec) {
    return KfpPipeline.text(JsonForm.parse(spec));
  }

  @Test
  void membersAreSortedAndNumbersHaveOneForm() {
    String expected = "{\"a\":[{\"x\":2,\"y\":0.5},null,true],\"b\":\"<é>\"}";

    assertThat(text("{\"b\": \"<é>\", \"a\": [{\"y\": 5e-1, \"x\": 2.0}, null, true]}"))
        .isEqualTo(expected);
    assertThat(text(expected)).isEqualTo(expected);
  }

  @Test
  void thePlatformIsASecondDocument() {
    String pipeline = "{\"root\":{}}";
    String platform = "{\"platforms\":{\"kubernetes\":{}}}";
    String wrapped = "{\"platform_spec\":" + platform + ",\"pipeline_spec\":" + pipeline + "}";

    assertThat(text(wrapped)).isEqualTo(pipeline + "\n" + platform);
    assertThat(text("{\"pipeline_spec\":" + pipeline + ",\"platform_spec\":{}}"))
        .isEqualTo(text("{\"pipeline_spec\":" + pipeline + "}"))
        .isEqualTo(text(pipeline));
    assertThat(text("{\"pipeline_spec\":1}")).isEqualTo("{\"pipeline_spec\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "nested", "loops", "conditions", "exit", "importer", "platform"})
  void whatIsWrittenIsThePipelineThatWasRead(String name) throws IOException {
    Path file = Path.of("src/test/resources/kfp", name + ".yaml");
    Documents documents = Documents.read(name, Files.readString(file));
    Field platform = documents.platform();
    // As the server answers: of the file's two documents one object.
    InputValue spec =
        platform == null
            ? documents.pipeline().value()
            : new InputValue.MapValue(
                Map.of(
                    "pipeline_spec", documents.pipeline().value(),
                    "platform_spec", platform.value()));

    String text = KfpPipeline.text(JsonForm.parse(JsonText.json(spec)));

    KfpPipeline read = KfpPipeline.parse("answer", text);
    KfpPipeline original = KfpPipeline.read(file);
    assertThat(unplaced(read)).isNotEmpty().isEqualTo(unplaced(original));
    assertThat(read.name()).isEqualTo(original.name());
    Documents again = Documents.read("answer", text);
    assertThat(Numbers.normal(again.pipeline().value()))
        .isEqualTo(Numbers.normal(documents.pipeline().value()));
    assertThat(again.platform() == null ? null : again.platform().value())
        .isEqualTo(platform == null ? null : platform.value());
  }

  /** Lines differ: the text has but one or two. */
  private static List<KfpPipeline.Step> unplaced(KfpPipeline pipeline) {
    return pipeline.steps().stream()
        .map(step -> new KfpPipeline.Step(step.path(), step.image(), 0))
        .toList();
  }

  @Test
  void whatNobodyCouldReadIsRefused() {
    assertThatThrownBy(() -> text("[]")).hasMessage("pipeline_spec must be an object");
    String deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
    assertThat(Documents.read("deep", text(deep)).platform()).isNull();
    assertThatThrownBy(() -> text("{\"a\":" + deep + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pipeline_spec nests more than 200 levels deep");
  }

  @Test
  void aNegativeZeroIsReadAsItWasWritten() {
    String text = text("{\"root\": {\"x\": [-0.0, 0.0, -0]}}");

    assertThat(text).isEqualTo("{\"root\":{\"x\":[-0.0,0,0]}}");
    assertThat(text(text)).isEqualTo(text);
  }
}

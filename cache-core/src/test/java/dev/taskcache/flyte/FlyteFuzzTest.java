package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.key.InvalidRequestException;
import java.nio.charset.StandardCharsets;

/**
 * No input gives anything but a result or the documented exception. In an ordinary test run each
 * test sees its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class FlyteFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void json(FuzzedDataProvider data) {
    int kind = data.consumeInt(0, 4);
    String text = data.consumeRemainingAsString();
    read(FlyteTaskReader.json(), kind, text.getBytes(StandardCharsets.UTF_8));
  }

  @FuzzTest(maxDuration = "20s")
  void protobuf(FuzzedDataProvider data) {
    int kind = data.consumeInt(0, 3);
    read(FlyteTaskReader.protobuf(), kind, data.consumeRemainingAsBytes());
  }

  /** What was read is written and read again to the same. */
  private static void read(FlyteTaskReader reader, int kind, byte[] content) {
    try {
      switch (kind) {
        case 0 -> {
          FlyteTask task = reader.task(content);
          FlyteLiterals none = FlyteFiles.literals("{}");
          task.request(none, FlyteIdentity.COMPONENT);
          assertThat(task.outputs()).isNotNull();
          key(task, none);
        }
        case 1 -> {
          FlyteLiterals literals = reader.literals(content);
          Message map = CountedInputs.of(literals.literals(), java.util.List.of());
          assertThat(WireMessages.read(map.type(), WireForm.write(map))).isEqualTo(map);
          assertThat(literals.values()).hasSameSizeAs(literals.literals());
          key(FlyteFiles.task("void"), literals);
        }
        case 2 -> assertThat(FlyteFiles.task("container").with(reader.node(content))).isNotNull();
        case 3 -> assertThat(reader.taskSpec(content).name()).isNotEmpty();
        default ->
            assertThat(FlyteCacheKey.fromJson(new String(content, StandardCharsets.UTF_8)).tag())
                .hasSize(56);
      }
    } catch (InvalidRequestException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void key(FlyteTask task, FlyteLiterals literals) {
    if (!task.caching().version().isBlank()) {
      FlyteCacheKey key = task.key(literals);
      assertThat(key.tag()).hasSize(56);
      assertThat(key.differences()).isNotEmpty();
    }
  }
}

package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.key.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * No input gives anything but a result or the documented exception. In an ordinary test run each
 * test sees its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class FlyteFuzzTest {
  /** The first byte says what to read: 0 a task, 1 literals, 2 a node, 3 a TaskSpec, 4 a key. */
  @FuzzTest(maxDuration = "20s")
  void json(byte[] data) {
    read(FlyteTaskReader.json(), data);
  }

  @FuzzTest(maxDuration = "20s")
  void protobuf(byte[] data) {
    read(FlyteTaskReader.protobuf(), data);
  }

  /** What was read is written and read again to the same. */
  private static void read(FlyteTaskReader reader, byte[] data) {
    int kind = data.length == 0 ? 0 : data[0] - '0';
    byte[] content = Arrays.copyOfRange(data, Math.min(1, data.length), data.length);
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
          Message map = CountedInputs.of(literals.literals(), List.of());
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

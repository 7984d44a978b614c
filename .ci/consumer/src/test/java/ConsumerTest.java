import static dev.taskcache.testing.TaskCacheAssertions.assertThat;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.testing.TaskCacheExtension;
import dev.taskcache.testing.TestCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host's test, as docs/testing.md says how to write one. */
@ExtendWith(TaskCacheExtension.class)
class ConsumerTest {
  private static TaskRequest request(double rate) {
    return TaskRequest.builder(ComponentSpec.named("train"))
        .version("1")
        .input("learning_rate", rate)
        .build();
  }

  @Test
  void runsOnce(TestCache test) throws Exception {
    assertThat(test.cache().getOrRun(request(0.01), String.class, () -> "a")).isMiss();
    assertThat(test.cache().getOrRun(request(0.01), String.class, () -> "b")).isHit();
    assertThat(test.cache().getOrRun(request(0.02), String.class, () -> "c"))
        .missedBecause(Reason.INPUT_CHANGED, "learning_rate");
    assertThat(test.events()).task("train").ran(2);
  }

  @Test
  void usesWhatIsThere(TestCache test) throws Exception {
    test.given(request(0.01)).returns("seeded");

    assertThat(test.cache().getOrRun(request(0.01), String.class, () -> "a")).isHit();
  }
}

package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.policy.Mode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KfpTaskOptionsTest {
  private static Map<String, KfpTaskOptions> options(String file, KfpRelease release) {
    return KfpTaskOptions.of(Pretend.pipeline(file), release).stream()
        .collect(Collectors.toMap(KfpTaskOptions::task, Function.identity()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nested.yaml", "exit.yaml", "runs.yaml"})
  void hereIsWhatARunDecides(String file) {
    Map<String, KfpTaskOptions> options = options(file, KfpRelease.V2_17);
    int compared = 0;
    for (KfpTask task : Pretend.everything(Pretend.run(file))) {
      KfpTaskOptions each = options.get(task.path());
      if (each != null) {
        assertThat(each.here()).as(task.path()).isEqualTo(task.caching());
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void kubeflowReadsTheTaskAndWeReadWhatIsAround() {
    KfpTaskOptions first = options("nested.yaml", KfpRelease.V2_17).get("off-for-all.inner.first");
    assertThat(first.inKubeflow()).isEqualTo(KfpContradiction.Verdict.CACHED);
    assertThat(first.line()).isEqualTo(18);
    assertThat(first.why()).endsWith("has enableCache: true");
    assertThat(first.here().mode()).isEqualTo(Mode.OFF);
    assertThat(first.here().setting("mode").where()).startsWith("nested.yaml:54: ");
  }

  @Test
  void whatIsNotConfirmedIsNotSaid() {
    assertThat(options("nested.yaml", KfpRelease.V1_8).values())
        .allMatch(each -> each.inKubeflow() == KfpContradiction.Verdict.UNCONFIRMED);
    assertThat(options("nested.yaml", KfpRelease.V2_0_5).values())
        .allMatch(each -> each.inKubeflow() == KfpContradiction.Verdict.CACHED);
  }
}

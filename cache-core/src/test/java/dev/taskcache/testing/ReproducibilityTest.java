package dev.taskcache.testing;

import static dev.taskcache.testing.TaskCacheAssertions.assertReproducible;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.store.Outputs;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whether a task returns the same each time, and what is said if it does not. */
class ReproducibilityTest {
  private record Report(String model, Metrics metrics) {}

  private record Metrics(double auc, int rows) {}

  @Test
  void aTaskWithASeedReturnsTheSameEachTime() throws Exception {
    AtomicInteger runs = new AtomicInteger();

    assertReproducible(
        () -> {
          runs.incrementAndGet();
          return new Report("m", new Metrics(new Random(7).nextDouble(), 10));
        },
        5);

    assertThat(runs).hasValue(5);
  }

  @Test
  void whereTwoRunsDifferIsNamed() {
    AtomicInteger runs = new AtomicInteger();

    assertThatThrownBy(
            () ->
                assertReproducible(
                    () ->
                        new Report("m", new Metrics(runs.incrementAndGet() == 3 ? 0.75 : 0.5, 10)),
                    5))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected the same outputs of 5 runs")
        .hasMessageContaining("the first and number 3 differ")
        .hasMessageContaining("result.metrics.auc: 0.5 -> 0.75");
    assertThat(runs).hasValue(3);
  }

  @Test
  void namedOutputsAndNothingAtAll() throws Exception {
    assertReproducible(() -> Outputs.of(Map.of("auc", 0.5)), 2);
    assertReproducible(() -> null, 2);
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () -> assertReproducible(() -> Outputs.of(Map.of("n", runs.incrementAndGet())), 2))
        .hasMessageContaining("n: 1 -> 2");
  }

  @Test
  void aTaskThatFailsFailsTheTest() {
    assertThatThrownBy(
            () ->
                assertReproducible(
                    () -> {
                      throw new IllegalStateException("out of memory");
                    },
                    2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out of memory");
  }

  @Test
  void oneRunShowsNothing() {
    assertThatThrownBy(() -> assertReproducible(() -> 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two times");
  }
}

package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.auc;
import static dev.taskcache.testing.Samples.train;
import static dev.taskcache.testing.TaskCacheAssertions.assertSameAnswers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskRequest;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.testing.FaultyStore.Call;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whether a host's requests are answered alike in two stores, and what is said if not. */
class HostParityTest {
  private final InMemoryStore one = new InMemoryStore();
  private final SettableClock clock = new SettableClock();
  private final FaultyStore another = new FaultyStore(new InMemoryStore(), clock, 7);
  private final List<TaskRequest> requests =
      List.of(
          train().input("rate", 0.01).build(),
          train().input("rate", 0.02).build(),
          train().options(CachingOptions.builder().mode(Mode.OFF).build()).build(),
          train().input("socket", new Object()).build());

  @Test
  void twoStoresThatAgree() throws Exception {
    AtomicInteger runs = new AtomicInteger();

    assertSameAnswers(
        requests,
        request -> {
          runs.incrementAndGet();
          return auc(0.5);
        },
        one,
        another);

    assertThat(runs).as("2 stores, 2 ways; 2 misses, and 2 that run both times").hasValue(24);
  }

  @Test
  void whereTheyDoNotTheRequestAndAllAnswersAreShown() {
    another.on(Call.PUBLISH).lose();

    assertThatThrownBy(() -> assertSameAnswers(requests, request -> auc(0.5), one, another))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("request 2 (train), the first time, has")
        .hasMessageContaining("the first store, getOrRun: k1:")
        .hasMessageContaining("miss INPUT_CHANGED (input \"rate\" changed")
        .hasMessageContaining("the second store, decide/publish: k1:")
        .hasMessageContaining("miss NO_EARLIER_RESULT");
  }

  @Test
  void aTaskThatReturnsSomethingElseEachTimeIsShown() {
    AtomicInteger runs = new AtomicInteger();

    assertThatThrownBy(
            () -> assertSameAnswers(requests, request -> auc(runs.incrementAndGet()), one, another))
        .hasMessageContaining("request 1 (train), the first time, has")
        .hasMessageContaining("1.0")
        .hasMessageContaining("stored");
  }

  @Test
  void tasksMayFail() throws Exception {
    assertSameAnswers(
        requests,
        request -> {
          throw new IllegalStateException("out of memory");
        },
        one,
        another);
  }

  @Test
  void nothingToCompareIsNoSuccess() {
    assertThatThrownBy(() -> assertSameAnswers(List.of(), request -> auc(1), one, another))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no requests");
  }
}

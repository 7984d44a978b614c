package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Callers of one key in one JVM. */
class SharedRunTest {
  private static final int CALLERS = 16;

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final FailingStore store = new FailingStore();
  private final TaskCache cache = TaskCache.builder(store).build();

  private Caller<Outcome<Outputs>> pilot(Task<Outputs, Exception> task) throws Exception {
    Caller<Outcome<Outputs>> pilot =
        new Caller<>(
            () ->
                cache.getOrRun(
                    Requests.named(1),
                    () -> {
                      runs.incrementAndGet();
                      begun.countDown();
                      mayEnd.await();
                      return task.run();
                    }));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    return pilot;
  }

  private List<Caller<Outcome<Outputs>>> followers(int count) {
    List<Caller<Outcome<Outputs>>> followers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      followers.add(
          new Caller<>(
              () ->
                  cache.getOrRun(
                      Requests.named(1),
                      () -> {
                        runs.incrementAndGet();
                        return Outputs.of(Map.of("auc", -1.0));
                      })));
    }
    followers.forEach(Caller::waits);
    return followers;
  }

  @Test
  void allShareOneRunAndReceiveItsResult() throws Exception {
    Caller<Outcome<Outputs>> pilot = pilot(() -> Outputs.of(Map.of("auc", 0.5)));
    List<Caller<Outcome<Outputs>>> followers = followers(CALLERS);
    mayEnd.countDown();

    assertThat(pilot.result().decision().reason()).isEqualTo(Reason.NO_ENTRY);
    for (Caller<Outcome<Outputs>> follower : followers) {
      Outcome<Outputs> outcome = follower.result();
      assertThat(outcome.value()).isEqualTo(Outputs.of(Map.of("auc", 0.5)));
      assertThat(outcome.decision().reason()).isEqualTo(Reason.RUN_BY_ANOTHER);
      assertThat(((CacheDecision.Hit) outcome.decision()).entry()).isPresent();
    }
    assertThat(runs).hasValue(1);
    assertThat(store.calls)
        .containsEntry(FailingStore.Call.FIND, 1)
        .containsEntry(FailingStore.Call.CLAIM, 1)
        .containsEntry(FailingStore.Call.PUBLISH, 1);
  }

  @Test
  void aResultThatIsNotStoredReachesThemAllTheSame() throws Exception {
    store.failing.add(FailingStore.Call.PUBLISH);
    Caller<Outcome<Outputs>> pilot = pilot(() -> Outputs.of(Map.of("auc", 0.5)));
    List<Caller<Outcome<Outputs>>> followers = followers(3);
    mayEnd.countDown();

    assertThat(pilot.result().write()).isInstanceOf(WriteOutcome.StoreFailed.class);
    for (Caller<Outcome<Outputs>> follower : followers) {
      assertThat(follower.result().value()).isEqualTo(Outputs.of(Map.of("auc", 0.5)));
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void aTaskThatThrowsGivesEveryWaiterThatExceptionAndStoresNothing() throws Exception {
    Exception failure = new Exception("out of memory");
    Caller<Outcome<Outputs>> pilot =
        pilot(
            () -> {
              throw failure;
            });
    List<Caller<Outcome<Outputs>>> followers = followers(CALLERS);
    mayEnd.countDown();

    followers.add(pilot);
    for (Caller<Outcome<Outputs>> caller : followers) {
      assertThatThrownBy(caller::result)
          .isInstanceOf(ExecutionException.class)
          .extracting(Throwable::getCause)
          .isSameAs(failure);
    }
    assertThat(runs).hasValue(1);
    assertThat(cache.decide(Requests.named(1)).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void interruptingAWaiterDoesNotInterruptTheTask() throws Exception {
    Caller<Outcome<Outputs>> pilot = pilot(() -> Outputs.of(Map.of("auc", 0.5)));
    Caller<Outcome<Outputs>> follower = followers(1).get(0);

    follower.interrupt();
    assertThatThrownBy(follower::result).hasCauseInstanceOf(InterruptedException.class);
    mayEnd.countDown();

    assertThat(pilot.result().write()).isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void anInterruptedCallerThatWaitsForAnotherProcessLeavesTheOthersTheirTurn() throws Exception {
    TaskCache elsewhere = TaskCache.builder(store).build();
    LeaseToken token =
        ((CacheDecision.Miss) elsewhere.decide(Requests.named(1))).token().orElseThrow();
    Caller<Outcome<Outputs>> first =
        new Caller<>(() -> cache.getOrRun(Requests.named(1), () -> Outputs.NONE));
    while (store.calls.getOrDefault(FailingStore.Call.AWAIT, 0) == 0) {
      Thread.onSpinWait();
    }
    Caller<Outcome<Outputs>> second = followers(1).get(0);

    first.interrupt();
    assertThatThrownBy(first::result).hasCauseInstanceOf(InterruptedException.class);
    elsewhere.publish(token, Outputs.of(Map.of("auc", 0.25)));

    assertThat(second.result().value()).isEqualTo(Outputs.of(Map.of("auc", 0.25)));
    assertThat(runs).hasValue(0);
  }

  @Test
  void aTaskThatAsksForItsOwnKeyGetsAnErrorThatPrintsTheChain() {
    TaskCache memory = TaskCache.builder(new InMemoryStore()).build();

    assertThatThrownBy(
            () ->
                memory.getOrRun(
                    Requests.train(1),
                    String.class,
                    () ->
                        memory
                            .getOrRun(
                                Requests.train(2),
                                String.class,
                                () ->
                                    memory
                                        .getOrRun(Requests.train(1), String.class, () -> "never")
                                        .value())
                            .value()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            ".*train \\(k1:(\\w+)\\) -> train \\(k1:\\w+\\) -> train \\(k1:\\1\\).*");
  }

  @Test
  void twoTasksThatAskForEachOtherOnTwoThreadsDoNotWaitForEver() throws Exception {
    TaskCache memory = TaskCache.builder(new InMemoryStore()).build();
    CountDownLatch bothRun = new CountDownLatch(2);
    Caller<String> one = new Caller<>(() -> askingFor(memory, 1, 2, bothRun));
    Caller<String> two = new Caller<>(() -> askingFor(memory, 2, 1, bothRun));

    // One of them finds the circle and fails; the other waits for it, and receives that failure.
    assertThatThrownBy(one::result).hasRootCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(two::result).hasRootCauseInstanceOf(IllegalStateException.class);
  }

  private static String askingFor(TaskCache cache, int mine, int other, CountDownLatch bothRun)
      throws Exception {
    return cache
        .getOrRun(
            Requests.train(mine),
            String.class,
            () -> {
              bothRun.countDown();
              bothRun.await();
              return cache.getOrRun(Requests.train(other), String.class, () -> "never").value();
            })
        .value();
  }

  @Test
  void manyCallersOfManyKeysRunEachTaskOnce() throws Exception {
    int keys = 200;
    List<AtomicInteger> counts = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      counts.add(new AtomicInteger());
    }
    TaskCache memory = TaskCache.builder(new InMemoryStore()).build();
    List<Caller<Integer>> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      callers.add(new Caller<>(() -> sum(memory, counts)));
    }

    for (Caller<Integer> caller : callers) {
      assertThat(caller.result()).isEqualTo(keys * (keys - 1) / 2);
    }
    assertThat(counts).allSatisfy(count -> assertThat(count).hasValue(1));
  }

  private static int sum(TaskCache cache, List<AtomicInteger> counts) throws Exception {
    int sum = 0;
    for (int key = 0; key < counts.size(); key++) {
      int number = key;
      sum +=
          cache
              .getOrRun(
                  Requests.train(key),
                  Integer.class,
                  () -> {
                    counts.get(number).incrementAndGet();
                    return number;
                  })
              .value();
    }
    return sum;
  }
}

package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.policy.NotCached;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The forms for hosts that do not block; the test is the executor. */
class AsyncTest {
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final TaskCache cache =
      TaskCache.builder(new InMemoryStore()).executor(queue::add).build();

  private void runAll() {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }

  @Test
  void callersOfOneKeyShareOneRun() {
    List<CompletableFuture<String>> tasks = new ArrayList<>();
    List<CompletableFuture<Outcome<String>>> outcomes = new ArrayList<>();
    for (int caller = 0; caller < 5; caller++) {
      outcomes.add(
          cache
              .getOrRunAsync(
                  Requests.train(1),
                  String.class,
                  () -> {
                    tasks.add(new CompletableFuture<>());
                    return tasks.get(0);
                  })
              .toCompletableFuture());
    }
    runAll();
    assertThat(tasks).hasSize(1);
    assertThat(outcomes).noneMatch(CompletableFuture::isDone);

    tasks.get(0).complete("x");
    runAll();

    assertThat(outcomes).extracting(each -> each.join().value()).containsOnly("x");
    assertThat(outcomes.get(0).join().write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(outcomes.get(4).join().decision().reason()).isEqualTo(Reason.RUN_BY_ANOTHER);
  }

  @Test
  void aTaskThatFailsGivesEverybodyItsExceptionAndRunsAgainNextTime() {
    IllegalStateException failure = new IllegalStateException("boom");
    CompletableFuture<String> task = new CompletableFuture<>();
    CompletableFuture<Outcome<String>> first = call(task);
    CompletableFuture<Outcome<String>> second = call(task);
    runAll();
    task.completeExceptionally(failure);
    runAll();

    for (CompletableFuture<Outcome<String>> each : List.of(first, second)) {
      assertThatThrownBy(each::join).isInstanceOf(CompletionException.class).hasCause(failure);
    }
    CompletableFuture<Outcome<String>> next = call(CompletableFuture.completedFuture("ok"));
    runAll();
    assertThat(next.join().value()).isEqualTo("ok");
    assertThat(next.join().decision().reason()).isEqualTo(Reason.NO_ENTRY);
  }

  private CompletableFuture<Outcome<String>> call(CompletableFuture<String> task) {
    return cache.getOrRunAsync(Requests.train(1), String.class, () -> task).toCompletableFuture();
  }

  @Test
  void aSupplierThatThrowsFailsTheCallAndGivesTheLeaseBack() {
    CompletableFuture<Outcome<String>> outcome =
        cache
            .getOrRunAsync(
                Requests.train(1),
                String.class,
                () -> {
                  throw new IllegalStateException("not even begun");
                })
            .toCompletableFuture();
    runAll();

    assertThatThrownBy(outcome::join).hasRootCauseMessage("not even begun");
    assertThat(cache.plan(List.of(Requests.train(1))).get(0).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void bypassRunsTheTask() {
    TaskRequest off =
        Requests.train().notCached(new NotCached(Reason.CACHING_OFF, "by the test")).build();
    CompletableFuture<Outcome<String>> outcome =
        cache
            .getOrRunAsync(off, String.class, () -> CompletableFuture.completedFuture("x"))
            .toCompletableFuture();
    runAll();

    assertThat(outcome.join().value()).isEqualTo("x");
    assertThat(outcome.join().decision().reason()).isEqualTo(Reason.CACHING_OFF);
  }

  @Test
  void decideAndPublishGoTheSameWay() {
    CompletableFuture<CacheDecision> decision =
        cache.decideAsync(Requests.named(1)).toCompletableFuture();
    runAll();
    LeaseToken token = ((CacheDecision.Miss) decision.join()).token().orElseThrow();
    CompletableFuture<WriteOutcome> write =
        cache.publishAsync(token, Outputs.of(Map.of("auc", 0.5))).toCompletableFuture();
    runAll();

    assertThat(write.join()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(cache.decide(Requests.named(1)).reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void withoutAnExecutorTheyAreRefused() {
    TaskCache blocking = TaskCache.builder(new InMemoryStore()).build();

    assertThatThrownBy(() -> blocking.decideAsync(Requests.named(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("executor");
  }
}

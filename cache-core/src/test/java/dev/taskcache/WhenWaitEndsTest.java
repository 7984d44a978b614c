package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Another process runs the task, and this one has waited for as long as it wants to. */
class WhenWaitEndsTest {
  private static final int FOLLOWERS = 4;
  private static final Outputs MINE = Outputs.of(Map.of("auc", 0.5));

  private final FailingStore store = new FailingStore();
  private final TaskCache elsewhere = TaskCache.builder(store).build();
  private final RecordingListener listener = new RecordingListener();
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch waitMayEnd = new CountDownLatch(1);
  private final LeaseToken theirs =
      ((CacheDecision.Miss) elsewhere.decide(Requests.named(1))).token().orElseThrow();

  private TaskCache cache(WhenWaitEnds choice) {
    return TaskCache.builder(store)
        .longestWait(Duration.ofNanos(1))
        .whenWaitEnds(choice)
        .listener(listener)
        .build();
  }

  private Outputs task() {
    runs.incrementAndGet();
    return MINE;
  }

  private static TaskRequest request(String task) {
    return Requests.train()
        .identity(new TaskIdentity("pipeline", "7", task))
        .input("epochs", 1)
        .outputs(Requests.schema("auc", "float64"))
        .build();
  }

  /** Callers of one flight; the last ones wait for the first, which waits for the other process. */
  private List<Caller<Outcome<Outputs>>> callers(TaskCache cache) {
    store.seen =
        found -> {
          try {
            waitMayEnd.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return found;
        };
    List<Caller<Outcome<Outputs>>> callers = new ArrayList<>();
    for (int i = 0; i <= FOLLOWERS; i++) {
      TaskRequest request = request("task-" + i);
      callers.add(new Caller<>(() -> cache.getOrRun(request, this::task)));
      callers.get(i).waits();
    }
    waitMayEnd.countDown();
    return callers;
  }

  @Test
  void runAnywayRunsTheTaskOnceForAllCallersHere() throws Exception {
    List<Caller<Outcome<Outputs>>> callers = callers(cache(WhenWaitEnds.RUN_ANYWAY));

    Outcome<Outputs> first = callers.get(0).result();
    assertThat(first.decision().reason()).isEqualTo(Reason.WAIT_TIMED_OUT);
    assertThat(first.decision().message()).contains("PT0.000000001S");
    assertThat(((WriteOutcome.Superseded) first.write()).owner()).isEqualTo(theirs.lease().owner());
    for (Caller<Outcome<Outputs>> follower : callers.subList(1, callers.size())) {
      assertThat(follower.result().value()).isEqualTo(MINE);
      assertThat(follower.result().decision().reason()).isEqualTo(Reason.RUN_BY_ANOTHER);
    }
    assertThat(runs).hasValue(1);
    assertThat(elsewhere.publish(theirs, Outputs.of(Map.of("auc", 0.75))))
        .as("the other process still has its lease")
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void failThrowsToAllCallersHereAndRunsNothing() throws Exception {
    List<Caller<Outcome<Outputs>>> callers = callers(cache(WhenWaitEnds.FAIL));

    for (Caller<Outcome<Outputs>> caller : callers) {
      assertThatThrownBy(caller::result)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WaitTimedOutException.class,
              e -> assertThat(e.decision().owner()).isEqualTo(theirs.lease().owner()))
          .hasMessageContaining(theirs.lease().owner())
          .hasMessageContaining("RUN_ANYWAY");
    }
    assertThat(runs).hasValue(0);
    assertThat(listener.runs()).isEmpty();
    assertThat(listener.reasons()).containsExactly(Reason.RUNNING_ELSEWHERE);
  }

  @Test
  void returnInFlightTellsEachCallerOfItsOwnTaskAndRunsNothing() throws Exception {
    List<Caller<Outcome<Outputs>>> callers = callers(cache(WhenWaitEnds.RETURN_IN_FLIGHT));

    for (int i = 0; i < callers.size(); i++) {
      Outcome<Outputs> outcome = callers.get(i).result();
      assertThat(outcome.value()).isNull();
      assertThat(outcome.write()).isInstanceOf(WriteOutcome.NotAttempted.class);
      CacheDecision.InFlight decision = (CacheDecision.InFlight) outcome.decision();
      assertThat(decision.owner()).isEqualTo(theirs.lease().owner());
      assertThat(decision.reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
      assertThat(decision.subject().task().task()).isEqualTo("task-" + i);
    }
    assertThat(runs).hasValue(0);
    assertThat(listener.decisions())
        .extracting(event -> event.subject().task().task())
        .containsExactlyInAnyOrder("task-0", "task-1", "task-2", "task-3", "task-4");
  }

  @Test
  void afterEachChoiceTheNextCallHasItsOwnTurn() throws Exception {
    for (WhenWaitEnds choice : WhenWaitEnds.values()) {
      TaskCache cache = cache(choice);
      try {
        cache.getOrRun(Requests.named(1), this::task);
      } catch (WaitTimedOutException e) {
        assertThat(choice).isEqualTo(WhenWaitEnds.FAIL);
      }
      assertThat(cache.decide(Requests.named(1)).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
    }
    Outputs stored = Outputs.of(Map.of("auc", 0.75));
    elsewhere.publish(theirs, stored);
    for (WhenWaitEnds choice : WhenWaitEnds.values()) {
      assertThat(cache(choice).getOrRun(Requests.named(1), this::task).value()).isEqualTo(stored);
    }
  }

  @Test
  void aWaitThatIsLongerThanAnyClockCanTellIsNoFailure() throws Exception {
    Duration forEver = ChronoUnit.FOREVER.getDuration();
    TaskCache patient = TaskCache.builder(store).longestWait(forEver).build();
    Caller<Outcome<Outputs>> waiting =
        new Caller<>(() -> patient.getOrRun(Requests.named(1), this::task));
    while (store.count(FailingStore.Call.AWAIT) == 0) {
      Thread.onSpinWait();
    }
    elsewhere.publish(theirs, Outputs.of(Map.of("auc", 0.75)));

    assertThat(waiting.result().decision().reason()).isEqualTo(Reason.RUN_BY_ANOTHER);
  }
}

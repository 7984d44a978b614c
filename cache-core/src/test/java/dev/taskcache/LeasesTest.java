package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.SettableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final List<Renewal> renewals = new ArrayList<>();

  private record Renewal(Runnable command, Duration period, FutureTask<Void> cancellation) {}

  /** A scheduler that runs nothing by itself. */
  private ScheduledExecutorService scheduler() {
    return proxy(
        ScheduledExecutorService.class,
        arguments -> {
          FutureTask<Void> cancellation = new FutureTask<>(() -> null);
          Duration period =
              Duration.of((long) arguments[2], ((TimeUnit) arguments[3]).toChronoUnit());
          renewals.add(new Renewal((Runnable) arguments[0], period, cancellation));
          return proxy(ScheduledFuture.class, ignored -> cancellation.cancel(false));
        });
  }

  private interface Call {
    Object with(Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.with(arguments)));
  }

  @Test
  void aRunningTasksLeaseIsRenewedAtAThirdOfItsLifeAndNoLonger() throws Exception {
    TaskCache cache = TaskCache.builder(store).lease(LEASE).scheduler(scheduler()).build();

    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              assertThat(renewals).hasSize(1);
              assertThat(renewals.get(0).period()).isEqualTo(LEASE.dividedBy(3));
              for (int i = 0; i < 10; i++) {
                clock.advance(LEASE.dividedBy(3));
                renewals.get(0).command().run();
              }
              assertThat(TaskCache.builder(store).build().decide(Requests.named(1)).reason())
                  .isEqualTo(Reason.RUNNING_ELSEWHERE);
              return Outputs.of(Map.of("auc", 0.5));
            });

    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(renewals.get(0).cancellation().isCancelled()).isTrue();
  }

  @Test
  void renewalsGoOnAfterAFailureOfTheStoreAndEndWhenTheLeaseIsLost() throws Exception {
    FailingStore failing = new FailingStore();
    TaskCache cache = TaskCache.builder(failing).lease(LEASE).scheduler(scheduler()).build();

    cache.getOrRun(
        Requests.train(1),
        String.class,
        () -> {
          failing.failing.add(FailingStore.Call.RENEW);
          renewals.get(0).command().run();
          assertThat(renewals.get(0).cancellation().isCancelled()).isFalse();
          failing.failing.clear();
          cache.close();
          assertThat(renewals.get(0).cancellation().isCancelled()).isTrue();
          return "x";
        });
    assertThat(failing.calls).containsEntry(FailingStore.Call.RENEW, 1);
  }

  @Test
  void aLostLeaseIsToldOnceWhileTheTaskRuns() throws Exception {
    RecordingListener listener = new RecordingListener();
    TaskCache cache =
        TaskCache.builder(store).lease(LEASE).scheduler(scheduler()).listener(listener).build();

    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              renewals.get(0).command().run();
              assertThat(listener.lostLeases()).isEmpty();
              clock.advance(LEASE);
              TaskCache.builder(store).build().decide(Requests.named(1));
              renewals.get(0).command().run();
              assertThat(listener.lostLeases()).hasSize(1);
              assertThat(renewals.get(0).cancellation().isCancelled()).isTrue();
              renewals.get(0).command().run();
              return Outputs.of(Map.of("auc", 0.5));
            });

    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Superseded.class);
    assertThat(listener.lostLeases()).containsExactly(outcome.decision().subject());
  }

  @Test
  void aRenewalThatIsUnderWayWhenTheTaskEndsFindsNoLostLease() throws Exception {
    RecordingListener listener = new RecordingListener();
    TaskCache cache =
        TaskCache.builder(store).lease(LEASE).scheduler(scheduler()).listener(listener).build();
    cache.getOrRun(Requests.named(1), () -> Outputs.of(Map.of("auc", 0.5)));

    renewals.get(0).command().run();

    assertThat(listener.lostLeases()).isEmpty();
  }

  @Test
  void closingGivesBackTheLeasesOfRunningTasksWhoseResultsStillReachTheirCallers()
      throws Exception {
    TaskCache cache = TaskCache.builder(store).build();

    Outcome<Outputs> outcome =
        cache.getOrRun(
            Requests.named(1),
            () -> {
              cache.close();
              CacheDecision next = TaskCache.builder(store).build().decide(Requests.named(1));
              assertThat(next.reason()).isEqualTo(Reason.NO_ENTRY);
              return Outputs.of(Map.of("auc", 0.5));
            });

    assertThat(outcome.value().get("auc")).isNotNull();
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Superseded.class);
    assertThatThrownBy(() -> cache.decide(Requests.named(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingLeavesLeasesFromDecideToWhoeverHasTheirToken() {
    TaskCache cache = TaskCache.builder(store).build();
    LeaseToken token = ((CacheDecision.Miss) cache.decide(Requests.named(1))).token().orElseThrow();

    cache.close();

    assertThat(TaskCache.builder(store).build().publish(token, Outputs.of(Map.of("auc", 0.5))))
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void aLeaseThatNobodyCouldRenewOrThatIsOverAtOnceIsRefused() {
    TaskCacheBuilder nobodyRenews = TaskCache.builder(store).lease(LEASE);
    assertThatThrownBy(nobodyRenews::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("scheduler");

    TaskCacheBuilder zero = TaskCache.builder(store).leaseRenewedByCaller(Duration.ZERO);
    assertThatThrownBy(zero::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PT0S");
  }
}

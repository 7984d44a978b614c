package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.jdbc.Waits.Awaiting;
import dev.taskcache.jdbc.Waits.Seen;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a waiter looks, and what it makes of what it sees. */
class WaitTest {
  private static final Awaiting AWAITING = new Awaiting(Samples.newId(), 7);
  private static final Seen OVER = new Seen(Found.nothing(), 0);
  private static final Polling NEVER =
      new Polling(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
  private static final Polling ALWAYS =
      new Polling(Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofNanos(1));

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** The lease as it was, for another hour. */
  private static Seen held() {
    Found.Holder holder = new Found.Holder("owner", 7, Instant.EPOCH);
    Found<CacheEntry> found = new Found<>(null, holder, null, Instant.EPOCH);
    return new Seen(found, TimeUnit.HOURS.toMicros(1));
  }

  /** Looks that are the same whether or not somebody listens. */
  private interface Look extends Waits.Looks {
    @Override
    default Seen mark(Awaiting awaiting) {
      return look(awaiting);
    }
  }

  private static Wait wait(Look look, Polling polling) {
    return new Wait(AWAITING, look, polling, null).join();
  }

  @Test
  void whatIsToldDuringALookIsLookedAtAgain() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Wait[] wait = new Wait[1];
    Look look =
        awaiting -> {
          if (looks.incrementAndGet() > 1) {
            return OVER;
          }
          Seen before = held();
          wait[0].wake(); // The owner published after the look, and its notification was quicker.
          return before;
        };
    wait[0] = wait(look, NEVER);

    Future<Found<CacheEntry>> waiting = threads.submit(() -> wait[0].await(inAnHour()));
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(Found.nothing());
    assertThat(looks).hasValue(2);
  }

  @Test
  void everybodyLearnsWhatOneWasToldOf() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch published = new CountDownLatch(1);
    Look look =
        awaiting -> {
          looks.incrementAndGet();
          looked.countDown();
          return published.getCount() == 0 ? OVER : held();
        };
    Wait wait = wait(look, NEVER);
    List<Future<Found<CacheEntry>>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(threads.submit(() -> wait.await(inAnHour())));
    }
    looked.await();
    published.countDown();
    wait.wake();

    for (Future<Found<CacheEntry>> each : waiting) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(Found.nothing());
    }
    assertThat(looks.get()).as("looks of 20 waiters").isBetween(1, 2);
  }

  /** It used to look again and again without a pause, for ten seconds. */
  @Test
  void atItsDeadlineAWaiterThatSawNothingGivesUp() {
    AtomicInteger looks = new AtomicInteger();
    Look look =
        awaiting -> {
          looks.incrementAndGet();
          throw new StoreException("down");
        };

    assertThatThrownBy(() -> wait(look, NEVER).await(Deadline.in(Duration.ofMillis(20))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(AWAITING.id().toString())
        .hasMessageEndingWith("down");
    assertThat(looks.get()).isBetween(1, 2);
  }

  @Test
  void atItsDeadlineAWaiterThatSawTheLeaseSaysSo() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Seen held = held();
    Look look =
        awaiting -> {
          if (looks.incrementAndGet() == 1) {
            return held;
          }
          throw new StoreException("down");
        };

    Found<CacheEntry> found = wait(look, ALWAYS).await(Deadline.in(Duration.ofMillis(300)));

    assertThat(found).isEqualTo(held.found());
    assertThat(looks.get()).isGreaterThan(1);
  }

  /** Each of them used to look by itself, one after the other. */
  @Test
  void atTheirDeadlineManyWaitersShareAFailure() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch allWait = new CountDownLatch(20);
    Look look =
        awaiting -> {
          looks.incrementAndGet();
          try {
            allWait.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new StoreException("down");
        };
    Wait wait = wait(look, NEVER);
    List<Future<Found<CacheEntry>>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(
          threads.submit(
              () -> {
                allWait.countDown();
                return wait.await(Deadline.in(Duration.ZERO));
              }));
    }
    for (Future<Found<CacheEntry>> each : waiting) {
      assertThatThrownBy(() -> each.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreException.class);
    }
    assertThat(looks.get()).as("looks of 20 waiters").isLessThan(20);
  }

  @Test
  void aLookThatFailsNowAndThenDoesNotEndTheWait() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Look look =
        awaiting -> {
          switch (looks.incrementAndGet()) {
            case 1, 3:
              throw new StoreException("down");
            case 2:
              return held();
            default:
              return OVER;
          }
        };

    assertThat(wait(look, ALWAYS).await(Deadline.in(Duration.ofSeconds(30))))
        .isEqualTo(Found.nothing());
    assertThat(looks).hasValue(4);
  }

  @Test
  void aWaitEndsWithTheLeaseOfAnother() throws Exception {
    Found.Holder another = new Found.Holder("another", 8, Instant.EPOCH);
    Found<CacheEntry> found = new Found<>(null, another, null, Instant.EPOCH);

    Wait wait = wait(awaiting -> new Seen(found, 1_000_000), NEVER);

    assertThat(wait.await(Deadline.in(Duration.ofSeconds(30)))).isEqualTo(found);
  }

  @Test
  void whoeverIsInterruptedWaitsNoLongerAndTheOthersDo() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch published = new CountDownLatch(1);
    Look look =
        awaiting -> {
          looked.countDown();
          return published.getCount() == 0 ? OVER : held();
        };
    Wait wait = wait(look, NEVER);
    Future<Found<CacheEntry>> one = threads.submit(() -> wait.await(inAnHour()));
    looked.await();
    Future<Found<CacheEntry>> other = threads.submit(() -> wait.await(inAnHour()));
    one.cancel(true);
    published.countDown();
    wait.wake();

    assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(Found.nothing());
  }

  private static Deadline inAnHour() {
    return Deadline.in(Duration.ofHours(1));
  }

  /** An id, and not only a key, is what somebody waits for. */
  @Test
  void twoNamespacesAreTwoWaits() throws Exception {
    EntryId here = AWAITING.id();
    EntryId there = new EntryId("another", here.key());
    List<EntryId> looked = new ArrayList<>();
    Look look =
        awaiting -> {
          looked.add(awaiting.id());
          return OVER;
        };
    Waits waits = new Waits(look, NEVER, null);

    waits.await(here, 7, Duration.ofSeconds(30));
    waits.await(there, 7, Duration.ofSeconds(30));

    assertThat(looked).containsExactly(here, there);
  }
}

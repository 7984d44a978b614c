package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskCache;
import dev.taskcache.event.BreakerEvent;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.StoreException;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.RecordingListener.Kind;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A database that does not answer is left alone, and one that says no is not. */
class BreakerTest {
  private static final EntryId ID = Samples.newId();

  private static final Executor DIRECT = Runnable::run;

  private static void failFourTimes(JdbcStore store) {
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> store.find(ID)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void itIsNotAskedWhileItIsDownAndAskedAgainAfterThePause() throws Exception {
    try (TestDatabase database = TestDatabase.postgresql().findFirst().orElseThrow();
        PostgresProxy proxy = new PostgresProxy(database)) {
      CountingDataSource counted = new CountingDataSource(proxy.dataSource());
      try (JdbcStore store =
          JdbcStore.builder(counted.dataSource())
              .deadline(Duration.ofMillis(700))
              .pauseAfterFailures(Duration.ofMillis(500))
              .build()) {
        store.schema().migrate();
        assertThat(store.find(ID).entry()).isEmpty();
        proxy.hangUp();
        failFourTimes(store);
        counted.forget();

        assertThatThrownBy(() -> store.find(ID))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("the store failed too often, at last because ")
            .hasMessageContaining("it is not asked to find an entry before ");
        assertThat(counted.mostOpen()).as("connections asked for").isZero();

        proxy.speak();
        Until.holds("it answers", () -> answers(store));
        for (int i = 0; i < 10; i++) {
          assertThat(store.find(ID).entry()).isEmpty();
        }
      }
    }
  }

  private static boolean answers(JdbcStore store) {
    try {
      return store.find(ID).entry().isEmpty();
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  void listenersOfTheCacheAreToldWhenItOpensAndCloses() {
    HeldTasks held = new HeldTasks();
    RecordingListener listener = new RecordingListener();
    try (TestDatabase database = TestDatabase.sqlite();
        JdbcStore store =
            JdbcStore.builder(database.dataSource())
                .deadlineExecutor(task -> (held.rejecting ? held : DIRECT).execute(task))
                .pauseAfterFailures(Duration.ofMillis(1))
                .build()) {
      store.schema().migrate();
      TaskCache cache = TaskCache.builder(store).listener(listener).build();
      failFourTimes(store);
      assertThat(listener.events(BreakerEvent.class))
          .extracting(BreakerEvent::pause)
          .containsExactly(Duration.ofMillis(1));

      held.rejecting = false;
      Until.unchecked("it answers again", () -> answers(store));
      assertThat(listener.kinds()).containsExactly(Kind.BREAKER_OPENED, Kind.BREAKER_CLOSED);

      cache.close();
      held.rejecting = true;
      failFourTimes(store);
      assertThat(listener.kinds()).as("after the cache was closed").hasSize(2);
    }
  }

  /** Half open, it used to let four callers wait for the whole deadline. */
  @Test
  void afterThePauseOneCallTriesAndItsAnswerIsForAll() throws Exception {
    HeldTasks held = new HeldTasks();
    try (TestDatabase database = TestDatabase.sqlite();
        JdbcStore store =
            JdbcStore.builder(database.dataSource())
                .deadline(Duration.ofSeconds(60))
                .deadlineExecutor(held)
                .pauseAfterFailures(Duration.ofMillis(1))
                .build()) {
      store.schema().migrate();
      failFourTimes(store);
      held.rejecting = false;
      Thread trying = new Thread(() -> Until.unchecked("it is asked", () -> answers(store)));
      trying.start();
      Runnable trial = held.tasks.take();

      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> store.find(ID))
            .hasMessageStartingWith("the store failed too often");
      }
      assertThat(held.tasks).isEmpty();

      trial.run();
      trying.join();
      Thread next = new Thread(() -> store.find(ID));
      next.start();
      held.tasks.take().run();
      next.join();
    }
  }

  /** Takes nothing, and then keeps what it takes. */
  private static final class HeldTasks implements Executor {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile boolean rejecting = true;

    @Override
    public void execute(Runnable task) {
      if (rejecting) {
        throw new RejectedExecutionException("it takes nothing");
      }
      tasks.add(task);
    }
  }

  /** A reader's role: its writes fail, and its hits must go on. */
  @Test
  void answersThatAreNoDoNotCount() throws Exception {
    try (TestDatabase database = TestDatabase.postgresql().findFirst().orElseThrow();
        JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
      CacheEntry entry = Samples.stored(store, ID, "x");
      database.execute(
          "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$"
              + " BEGIN RAISE insufficient_privilege; END $$",
          "CREATE TRIGGER no BEFORE INSERT ON taskcache_entry EXECUTE FUNCTION no()");
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> store.claim(Samples.newId(), Samples.claim("owner")))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("insufficient_privilege");
      }

      assertThat(store.find(ID).entry()).contains(entry);
    }
  }
}

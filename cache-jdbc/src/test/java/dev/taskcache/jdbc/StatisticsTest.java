package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.store.Purge;
import dev.taskcache.store.Statistics.Count;
import dev.taskcache.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all processes did together, which is written down later. */
class StatisticsTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";
  private static final Duration WEEK = Duration.ofDays(7);

  private static JdbcStore store(TestDatabase database) {
    return JdbcStore.builder(database.dataSource()).build();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void countsOfSeveralProcessesAreAdded(TestDatabase database) {
    try (JdbcStore reader = store(database)) {
      reader.schema().migrate();
      for (int process = 1; process <= 3; process++) {
        try (JdbcStore store = store(database)) {
          store.statistics().count("n", "train", "hits", process);
          store.statistics().count("n", "train", "hits", process);
          store.statistics().count("m", "train", "hits", 1);
          if (process == 3) {
            assertThat(reader.statistics().since(WEEK))
                .as("before it is closed")
                .contains(new Count("n", "train", "hits", 6));
          }
        }
      }
      assertThat(reader.statistics().since(WEEK))
          .containsExactly(new Count("m", "train", "hits", 3), new Count("n", "train", "hits", 12));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatWritersAddAtOnceIsAllThere(TestDatabase database) throws Exception {
    int threads = 4;
    int rounds = 20;
    CountDownLatch ended = new CountDownLatch(threads);
    List<Throwable> failures = new ArrayList<>();
    try (JdbcStore reader = store(database)) {
      reader.schema().migrate();
      for (int i = 0; i < threads; i++) {
        new Thread(
                () -> {
                  try {
                    for (int round = 0; round < rounds; round++) {
                      try (JdbcStore store = store(database)) {
                        for (String counter : List.of("c", "b", "a")) {
                          store.statistics().count("n", "train", counter, 1);
                        }
                      }
                    }
                  } catch (RuntimeException | Error e) {
                    synchronized (failures) {
                      failures.add(e);
                    }
                  }
                  ended.countDown();
                })
            .start();
      }
      assertThat(ended.await(120, TimeUnit.SECONDS)).isTrue();
      assertThat(failures).isEmpty();
      long all = threads * (long) rounds;
      assertThat(reader.statistics().since(WEEK))
          .containsExactly(
              new Count("n", "train", "a", all),
              new Count("n", "train", "b", all),
              new Count("n", "train", "c", all));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void onlyTheTimeThatIsAskedForCounts(TestDatabase database) throws Exception {
    try (JdbcStore store = store(database)) {
      store.schema().migrate();
      store.statistics().count("n", "train", "hits", 1);
      store.purge(Purge.DEAD);
      for (int days : new int[] {6, 2}) {
        database.execute("UPDATE taskcache_stats SET bucket = bucket - " + days * 86_400_000_000L);
        store.statistics().count("n", "train", "hits", 1);
        store.purge(Purge.DEAD);
      }

      assertThat(store.statistics().since(Duration.ofDays(1)).get(0).value()).isEqualTo(1);
      assertThat(store.statistics().since(Duration.ofDays(3)).get(0).value()).isEqualTo(2);
      assertThat(store.statistics().since(Duration.ofDays(9)).get(0).value()).isEqualTo(3);
      database.execute("UPDATE taskcache_stats SET bucket = bucket - " + 84 * 86_400_000_000L);
      store.purge(Purge.DEAD);
      assertThat(database.query("SELECT count(*) FROM taskcache_stats"))
          .as("older than 90 days")
          .containsExactly("2");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anOlderSchemaKeepsNoneAndServesAllTheSame(TestDatabase database) throws Exception {
    database.script(
        new Migrations(List.of("%s/V1.0__entries.sql"))
            .text(database.database(), new TableName(null, TableName.DEFAULT_PREFIX)));
    JdbcStore store = store(database);
    store.statistics().count("n", "train", "hits", 1);

    assertThatCode(() -> store.purge(Purge.DEAD)).doesNotThrowAnyException();
    store.statistics().count("n", "train", "hits", 1);
    assertThatCode(store::close).doesNotThrowAnyException();
  }

  @Test
  void whatCouldNotBeWrittenIsTriedAgain() throws Exception {
    try (TestDatabase database = TestDatabase.sqlite()) {
      AtomicBoolean down = new AtomicBoolean();
      Executor executor =
          task -> {
            if (down.get()) {
              throw new RejectedExecutionException("down");
            }
            task.run();
          };
      try (JdbcStore store =
          JdbcStore.builder(database.dataSource()).deadlineExecutor(executor).build()) {
        store.schema().migrate();
        store.statistics().count("n", "train", "hits", 7);
        down.set(true);
        assertThatThrownBy(() -> store.purge(Purge.DEAD)).isInstanceOf(StoreException.class);
        down.set(false);
      }
      assertThat(database.query("SELECT value FROM taskcache_stats")).containsExactly("7");
    }
  }
}

package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.Purge;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How often entries were served, which is written down later, if at all. */
class UseCountsTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";

  private static String uses(TestDatabase database) throws Exception {
    return database.query("SELECT coalesce(uses, 0) FROM taskcache_entry").get(0);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void areWrittenWhenTheStoreIsClosed(TestDatabase database) throws Exception {
    EntryId id = Samples.newId();
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
      Samples.stored(store, id, "x");
      database.execute("UPDATE taskcache_entry SET last_used = 0");
      for (int i = 0; i < 7; i++) {
        store.used(id);
      }
      store.used(Samples.newId()); // of which there is no row
      assertThat(uses(database)).isEqualTo("0");
    }
    assertThat(uses(database)).isEqualTo("7");
    assertThat(database.query("SELECT 1 FROM taskcache_entry WHERE last_used > 0")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void areWrittenNowAndThenWhereThereIsAScheduler(TestDatabase database) throws Exception {
    EntryId id = Samples.newId();
    HurriedScheduler scheduler = new HurriedScheduler();
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).scheduler(scheduler).build()) {
      store.schema().migrate();
      Samples.stored(store, id, "x");
      store.used(id);
      Until.holds("it is written down", () -> uses(database).equals("1"));
      store.used(id);
      store.used(id);
      Until.holds("so are the next", () -> uses(database).equals("3"));
      assertThat(scheduler.getQueue()).hasSizeLessThanOrEqualTo(1);
    } finally {
      scheduler.shutdown();
    }
    assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(scheduler.asked).isEqualTo(Duration.ofSeconds(30));
    assertThat(uses(database)).isEqualTo("3");
  }

  /** For which a second is a millisecond. */
  private static final class HurriedScheduler extends ScheduledThreadPoolExecutor {
    private Duration asked;

    HurriedScheduler() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      asked = Duration.ofNanos(unit.toNanos(delay));
      long hurried = unit.toNanos(delay) / 1_000;
      return super.scheduleWithFixedDelay(
          task, unit.toNanos(first) / 1_000, hurried, TimeUnit.NANOSECONDS);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void areWrittenBeforeAPurgeOfWhatIsUnused(TestDatabase database) throws Exception {
    EntryId used = Samples.newId();
    EntryId unused = Samples.newId();
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
      Samples.stored(store, used, "x");
      Samples.stored(store, unused, "x");
      database.execute("UPDATE taskcache_entry SET last_used = 0, created_at = 0");
      store.used(used);

      store.purge(new Purge(Duration.ofHours(1), Duration.ofHours(1)));

      assertThat(store.find(used).entry()).isPresent();
      assertThat(store.find(unused).entry()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void thatCannotBeWrittenDownFailNothing(TestDatabase database) throws Exception {
    JdbcStore store = JdbcStore.builder(database.dataSource()).build();
    store.schema().migrate();
    store.used(Samples.newId());
    database.execute("DROP TABLE taskcache_entry");

    assertThatCode(store::close).doesNotThrowAnyException();
  }

  @Test
  void ofMoreEntriesThanAreKeptAreLost() {
    UseCounts uses = new UseCounts();
    EntryId first = Samples.newId();
    uses.add(first);
    for (int i = 1; i < 100_010; i++) {
      uses.add(Samples.newId());
    }
    uses.add(first);
    long[] count = {0, 0};
    uses.flush(
        batch -> {
          count[0] += batch.size();
          batch.stream()
              .filter(use -> use.id().equals(first))
              .forEach(use -> count[1] += use.count());
        });
    assertThat(count).containsExactly(100_000, 2);
    uses.flush(batch -> count[0]++);
    assertThat(count[0]).as("nothing is left").isEqualTo(100_000);
  }
}

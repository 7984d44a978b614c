package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.TaskCache;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two other processes wait for one task, and hardly ever look by themselves. */
class WaitingProcessesTest {
  /** They, and whoever runs the task that they wait for. */
  private record Setting(
      TestDatabase database,
      JdbcStore store,
      TaskCache cache,
      LeaseToken token,
      ChildJvm one,
      ChildJvm other)
      implements AutoCloseable {

    static Setting open() throws Exception {
      TestDatabase database = TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
      JdbcStore store = JdbcStore.builder(database.dataSource()).build();
      store.schema().migrate();
      String url = database.url() + "&ApplicationName=waiters";
      TaskCache cache = TaskCache.builder(store).build();
      CacheDecision.Miss miss = (CacheDecision.Miss) cache.decide(Samples.named(1));
      Setting setting =
          new Setting(
              database,
              store,
              cache,
              miss.token().orElseThrow(),
              new ChildJvm(WaiterMain.class, url, "one"),
              new ChildJvm(WaiterMain.class, url, "other"));
      Until.holds("both listen", () -> setting.count("LISTEN%") == 2);
      Until.holds("both have marked the row", () -> setting.count("UPDATE%awaited%") == 2);
      return setting;
    }

    /** Connections of theirs that are idle after such a statement: their pools keep them. */
    private int count(String statement) throws SQLException {
      return database
          .query(
              "SELECT pid FROM pg_stat_activity WHERE application_name = 'waiters'"
                  + " AND state = 'idle' AND query LIKE '"
                  + statement
                  + "'")
          .size();
    }

    @Override
    public void close() {
      one.close();
      other.close();
      cache.close();
      store.close();
      database.close();
    }
  }

  @Test
  void bothAreToldOfTheResult() throws Exception {
    try (Setting setting = Setting.open()) {
      setting.cache().publish(setting.token(), Samples.text("of the owner"));

      assertThat(setting.one().rest()).startsWith("RUN_BY_ANOTHER", "true");
      assertThat(setting.other().rest()).startsWith("RUN_BY_ANOTHER", "true");
    }
  }

  @Test
  void oneOfThemTakesOverAndTheOtherIsToldOfItsResult() throws Exception {
    try (Setting setting = Setting.open()) {
      setting.cache().abandon(setting.token());

      List<String> one = setting.one().rest();
      List<String> other = setting.other().rest();
      assertThat(Stream.of(one.get(0), other.get(0)))
          .containsExactlyInAnyOrder("NO_ENTRY", "RUN_BY_ANOTHER");
      assertThat(one.get(2)).isEqualTo(other.get(2)).contains("run by ");
      assertThat(setting.database().query("SELECT count(*) FROM taskcache_entry"))
          .containsExactly("1");
    }
  }
}

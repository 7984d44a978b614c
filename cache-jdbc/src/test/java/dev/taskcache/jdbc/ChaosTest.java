package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that may be done to a store, by many at once, with leases that hardly live: the
 * database's own log of it shows nothing that must never happen.
 */
class ChaosTest {
  private static final int STEPS = 150 * Integer.getInteger("taskcache.tests.scale", 1);

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void noFenceGoesBackAndNoOlderResultReplacesANewerOne(TestDatabase database) throws Exception {
    long seed = ThreadLocalRandom.current().nextLong();
    boolean sqlite = database.database() == Database.SQLITE;
    try (JdbcStore store = JdbcStore.builder(database.url()).build()) {
      store.schema().migrate();
    }
    TriggerLog log = TriggerLog.on(database);

    Set<String> told = run(database, sqlite ? 2 : 4, sqlite ? 6 : 8, seed);

    assertThat(log.violations()).as("seed %d", seed).isEmpty();
    assertThat(log.published("run <> 'unleased' AND run <> cast(entry AS text)"))
        .as("entries that do not carry their publisher's fence, seed %d", seed)
        .isEmpty();
    assertThat(new HashSet<>(log.published("run IS NOT NULL")))
        .as("what was stored and what was said to be, seed %d", seed)
        .isEqualTo(told);
    assertThat(log.count("op = 'DELETE'")).as("purged, seed %d", seed).isPositive();
    assertThat(log.count("owner <> old_owner")).as("takeovers, seed %d", seed).isPositive();
  }

  /** What the processes said was stored: key and fence. */
  private static Set<String> run(TestDatabase database, int processes, int threads, long seed)
      throws Exception {
    List<ChildJvm> all = new ArrayList<>();
    Set<String> stored = new HashSet<>();
    try {
      for (int i = 0; i < processes; i++) {
        all.add(
            new ChildJvm(
                ChaosMain.class,
                database.url(),
                String.valueOf(threads),
                String.valueOf(STEPS),
                String.valueOf(seed + i * threads)));
      }
      for (ChildJvm each : all) {
        assertThat(each.line()).isEqualTo("ready");
      }
      for (ChildJvm each : all) {
        each.tell("start");
      }
      for (ChildJvm each : all) {
        List<String> lines = each.rest();
        assertThat(lines).as("seed %d", seed).endsWith("end");
        lines.stream()
            .filter(line -> line.startsWith("stored "))
            .map(line -> line.substring("stored ".length()))
            .forEach(stored::add);
      }
    } finally {
      all.forEach(ChildJvm::close);
    }
    return stored;
  }
}

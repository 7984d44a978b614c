package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log finds each kind of thing that must never happen, where it is made to happen. */
class TriggerLogTest {
  private static final String LEASE =
      "INSERT INTO taskcache_entry (key, namespace, fence, owner, lease_until)"
          + " VALUES ('k', 'n', 5, 'a', 9000000000000000)";

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void ordinaryChangesAreNoViolations(TestDatabase database) throws Exception {
    TriggerLog log = log(database);
    database.execute(
        LEASE,
        "UPDATE taskcache_entry SET entry_fence = fence, owner = NULL, lease_until = NULL",
        "UPDATE taskcache_entry SET fence = 7, owner = 'b', lease_until = 1",
        "UPDATE taskcache_entry SET fence = 8, owner = 'c'",
        "UPDATE taskcache_entry SET entry_fence = fence, owner = NULL, lease_until = NULL",
        "DELETE FROM taskcache_entry",
        LEASE.replace("5, ", "9, "));

    assertThat(log.violations()).isEmpty();
    assertThat(log.count("op = 'DELETE'")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void everyViolationIsFound(TestDatabase database) throws Exception {
    TriggerLog log = log(database);
    database.execute(LEASE, "UPDATE taskcache_entry SET fence = 4");
    assertFound(log, "a fence that went back");

    database.execute("DELETE FROM taskcache_entry", LEASE.replace("5, ", "4, "));
    assertFound(log, "a fence that was given twice");

    database.execute("UPDATE taskcache_entry SET fence = 9, owner = 'b'");
    assertFound(log, "a lease taken from an owner who was alive");

    database.execute("UPDATE taskcache_entry SET owner = 'c'");
    assertFound(log, "a new owner under an old fence");

    database.execute("UPDATE taskcache_entry SET entry_fence = 8");
    assertFound(log, "a result under another fence than its row's");

    database.execute("UPDATE taskcache_entry SET entry_fence = 7");
    assertFound(log, "an older result over a newer one");

    database.execute("UPDATE taskcache_entry SET fence = 20, entry_fence = 20");
    assertFound(log, "a result that nobody's lease covers, while a lease lives");

    database.execute(
        "UPDATE taskcache_entry SET owner = NULL, entry_fence = NULL, fence = 21",
        "UPDATE taskcache_entry SET entry_fence = 21");
    assertFound(log, "a result under the fence of a lease that nobody held");

    database.execute(
        "DELETE FROM change_log WHERE fence = 21", "UPDATE taskcache_entry SET fence = 22");
    assertFound(log, "a change that is not in the log");
  }

  private static void assertFound(TriggerLog log, String violation) throws Exception {
    assertThat(log.violations()).anyMatch(each -> each.startsWith(violation + ": "));
  }

  private static TriggerLog log(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
    }
    return TriggerLog.on(database);
  }
}
